export { patientTable } from "./bulk.ts";
export { patientNames, type PatientName } from "./names.ts";
export { createPatients, patientCodes, preparePatient, type NewPatient } from "./prepare.ts";
export { emailOf, reachOf, type Reach } from "./reach.ts";
