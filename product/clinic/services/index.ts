export { insertService, servicesByName, type ServiceName } from "./queries.ts";
export { serviceTable } from "./bulk.ts";
