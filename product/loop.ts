import { makeLoop } from "#platform/jobs/loop.ts";

/** What follows each fact, one line each: the product's loop, readable on one page. */
export const loop = makeLoop([]);
