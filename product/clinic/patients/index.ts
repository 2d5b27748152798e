export { patientNames, type PatientName } from "./names.ts";
export { emailOf, reachOf, type Reach } from "./reach.ts";
