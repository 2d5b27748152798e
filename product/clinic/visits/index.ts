export { insertVisit, visitFacts } from "./queries.ts";
export { diagnosisTable, procedureTable, visitsWithDiagnoses, visitTable } from "./bulk.ts";
