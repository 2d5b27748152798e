import type { Event, PayloadOf } from "#core/contract/event.ts";
import type { Context } from "../http/context.ts";

/** What follows an event: named for what it does, idempotent, in its own transaction with the clinic set. */
export type Reaction<E extends Event = Event> = {
  name: string;
  event: E;
  run: (ctx: Context, payload: PayloadOf<E>) => Promise<void>;
  /** The event row goes once handled: rows of anonymous people leave no trail of times. */
  forgets?: true;
};

/** Declares a reaction; the name is the file's and the job's. */
export const reaction = <E extends Event>(
  name: string,
  event: E,
  run: Reaction<E>["run"],
  o: { forgets?: true } = {},
): Reaction => ({
  name,
  event,
  // the worker parses the payload by this event's shape before it calls
  run: run as Reaction["run"],
  ...o,
});

export type Line = { event: Event; reactions: readonly Reaction[]; why?: string };
export type Loop = {
  lines: readonly Line[];
  reactions: readonly Reaction[];
  reactionsOf: (event: string) => readonly string[];
  /** Events whose moment open pages are never told. */
  quiet: ReadonlySet<string>;
};

/** One line of the loop: what follows an event. */
export const on = (event: Event, ...reactions: readonly Reaction[]): Line => ({ event, reactions });
/** An event that needs no reaction says why. */
export const nobody = (event: Event, why: string): Line => ({ event, reactions: [], why });

/** Puts the lines together. Throws on an event that stands twice and on a reaction to another event. */
export function makeLoop(lines: readonly Line[]): Loop {
  const byName = new Map<string, readonly string[]>();
  for (const { event, reactions } of lines) {
    if (byName.has(event.name)) throw new Error(`loop: ${event.name} stands twice`);
    const stray = reactions.find((one) => one.event.name !== event.name);
    if (stray) throw new Error(`loop: ${stray.name} reacts to ${stray.event.name}, not to ${event.name}`);
    byName.set(
      event.name,
      reactions.map(({ name }) => name),
    );
  }
  return {
    lines,
    reactions: lines.flatMap((line) => line.reactions),
    reactionsOf: (name) => byName.get(name) ?? [],
    quiet: new Set(lines.filter(({ event }) => event.quiet).map(({ event }) => event.name)),
  };
}
