import { handle } from "#platform/http/registry.ts";
import * as contract from "./contract.ts";
import { listJobs, retryJob } from "./use-cases.ts";

export const routes = [
  handle(contract.listJobs, (ctx, { query }) => listJobs(ctx, query)),
  handle(contract.retryJob, (ctx, { params }) => retryJob(ctx, params.id)),
];
