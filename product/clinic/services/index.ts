export { insertService, servicesByName, type ServiceName } from "./queries.ts";
