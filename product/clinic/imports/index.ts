export { endForgottenRuns, insertRun, lockRun, setRun, type ImportKind } from "./runs.ts";
