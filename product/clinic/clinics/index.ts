export { createClinic, type NewClinic } from "./create-clinic.ts";
export { clinicFacts } from "./queries.ts";
