import { check } from "./checks.ts";

const done = await check();
process.exitCode = done.every(({ ok }) => ok) ? 0 : 1;
