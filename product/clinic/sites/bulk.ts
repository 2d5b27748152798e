import { bulkTable } from "#platform/database/bulk.ts";

/** Sites and departments as imports write them. */
export const siteTable = bulkTable("clinic.site", {
  name: "text",
  address: "text",
  phone: "text",
  active: "boolean",
  source_key: "text",
});
export const departmentTable = bulkTable("clinic.department", { name: "text", site_id: "uuid", source_key: "text" });
