import type { z } from "zod";

/** What a capability says to others: a name in the past tense and ids. */
export type Event<P extends z.ZodType = z.ZodType> = { name: string; shape: P };

/** Declares an event. `name` is `thing.past-tense`. */
export function event<P extends z.ZodType>(name: string, shape: P): Event<P> {
  if (!/^[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*$/.test(name)) throw new Error(`event name ${name}`);
  return { name, shape };
}
export type PayloadOf<E> = E extends Event<infer P> ? z.output<P> : never;
