import { handle } from "#platform/http/registry.ts";
import * as contract from "./contract.ts";
import { listTasks } from "./list-tasks.ts";

export const routes = [handle(contract.listTasks, (ctx) => listTasks(ctx))];
