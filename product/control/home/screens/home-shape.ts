import type { ReplyOf } from "#core/contract/route.ts";
import type { readHome } from "../contract.ts";

export type Home = ReplyOf<typeof readHome>;
