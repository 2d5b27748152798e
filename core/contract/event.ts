import type { z } from "zod";

/** What a capability says to others: a name in the past tense and ids. */
export type Event<P extends z.ZodType = z.ZodType> = {
  name: string;
  shape: P;
  /** Open pages are not told: the moment of an anonymous act would tell who acted. */
  quiet?: true;
};

/** Declares an event. `name` is `thing.past-tense`. */
export function event<P extends z.ZodType>(name: string, shape: P, o: { quiet?: true } = {}): Event<P> {
  if (!/^[a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*$/.test(name)) throw new Error(`event name ${name}`);
  return { name, shape, ...o };
}
export type PayloadOf<E> = E extends Event<infer P> ? z.output<P> : never;
