import { holds, isRight } from "#core/access/rights.ts";
import { moveFrom, movesFrom, type Machine, type MoveRule } from "#core/contract/machine.ts";
import { problem } from "#core/contract/problem.ts";
import type { Move } from "#core/contract/shapes.ts";
import type { Context } from "./context.ts";

type Row = { state: string; ownerId: string | null };

/** Why a move is not this person's: `right` · `owner` (the owner's alone) · `not-owner` (anyone's but the owner). */
function refusalOf(ctx: Context, rule: MoveRule, row: Row): string | undefined {
  if (ctx.member.as.startsWith("job:")) return undefined;
  if (rule.right === "system" || !isRight(rule.right) || !holds(ctx.member.types, rule.right)) return "right";
  if (rule.who === "owner" && row.ownerId !== ctx.member.id) return "owner";
  if (rule.who === "not-owner" && row.ownerId === ctx.member.id) return "not-owner";
  return undefined;
}

/** Every move out of the row's state, those this person may not make with their reason: nothing disappears from the screen. */
export const movesOf = (ctx: Context, machine: Machine, row: Row): Move[] =>
  movesFrom(machine, row.state).map(([name, rule]) => {
    const reason = refusalOf(ctx, rule, row);
    return reason === undefined ? { name, allowed: true } : { name, allowed: false, reason };
  });

/** The rule of a move that this person may make now. Throws `<thing>.move-not-allowed`, or the code given for `owner` and `not-owner`. */
export function demandMove(
  ctx: Context,
  machine: Machine,
  o: { row: Row; name: string; owner?: string; notOwner?: string },
): MoveRule {
  const rule = moveFrom(machine, o.row.state, o.name);
  if (!rule) throw problem(`${machine.name}.move-not-allowed`);
  const refusal = refusalOf(ctx, rule, o.row);
  if (refusal === "owner" && o.owner) throw problem(o.owner);
  if (refusal === "not-owner" && o.notOwner) throw problem(o.notOwner);
  if (refusal === "right") throw problem("right.missing", { right: rule.right });
  if (refusal) throw problem(`${machine.name}.move-not-allowed`);
  return rule;
}
