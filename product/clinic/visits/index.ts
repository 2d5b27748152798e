export { insertVisit, visitFacts } from "./queries.ts";
