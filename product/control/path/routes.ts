import { handle } from "#platform/http/registry.ts";
import * as contract from "./contract.ts";
import { tellPath } from "./tell-path.ts";

export const routes = [handle(contract.readPath, (ctx, { params }) => tellPath(ctx, params.code))];
