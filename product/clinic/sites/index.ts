export { departmentTable, siteTable } from "./bulk.ts";
