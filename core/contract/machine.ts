import type { Right } from "#core/access/rights.ts";

/** One allowed move of a lifecycle. `needs` names the fields that must be filled, `clause` the rule it meets. */
export type MoveRule = {
  to: string;
  right: Right | "system";
  needs?: readonly string[];
  /** Who, beyond the right: the row's owner, anyone but its owner. */
  who?: "owner" | "not-owner";
  clause?: string;
};
export type States = Record<string, Record<string, MoveRule>>;

/** A lifecycle as data: routes, buttons, disabled reasons, tests and pictures are drawn from it. */
export type Machine<S extends States = States> = { name: string; states: S };
export type StateOf<M> = M extends Machine<infer S> ? keyof S & string : never;
export type MoveOf<M> = M extends Machine<infer S> ? { [K in keyof S]: keyof S[K] }[keyof S] & string : never;

/** Declares a lifecycle; throws when a move leads to a state that is not one of its own. */
export function machine<const S extends States>(name: string, states: S): Machine<S> {
  for (const [from, moves] of Object.entries(states))
    for (const [move, rule] of Object.entries(moves))
      if (!(rule.to in states)) throw new Error(`${name}: ${from} ─${move}→ ${rule.to} leads nowhere`);
  return { name, states };
}

/** The rule of a move from a state, or undefined when there is none. */
export const moveFrom = (m: Machine, state: string, name: string): MoveRule | undefined => m.states[state]?.[name];

/** All moves out of a state, in the order they are written. */
export const movesFrom = (m: Machine, state: string): [name: string, rule: MoveRule][] =>
  Object.entries(m.states[state] ?? {});

/** A state that nothing leaves. */
export const isEnd = (m: Machine, state: string): boolean => movesFrom(m, state).length === 0;
