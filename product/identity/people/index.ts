export type { LoginRow } from "./queries.ts";
export {
  findLogin,
  insertPerson,
  passwordOf,
  personRow,
  setFailures,
  setLanguage,
  setName,
  setPassword,
} from "./queries.ts";
