export { insertVisit, visitFacts } from "./queries.ts";
export { visitFinished } from "./events.ts";
export { diagnosisTable, procedureTable, visitsWithDiagnoses, visitTable } from "./bulk.ts";
