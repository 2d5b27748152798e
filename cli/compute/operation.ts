import { z } from "zod";
import { type Failure, shapeFailure } from "./failure.ts";

/** One computation of the command: takes a parsed line, gives figures or says what is wrong with the line. */
export type Operation = (
  input: unknown,
) => { readonly failed: false; readonly figures: unknown } | { readonly failed: true; readonly failure: Failure };

/** An operation from the shape of its line and the function of the product that does the work. */
export function operation<Shape extends z.ZodType>(
  shape: Shape,
  compute: (input: z.output<Shape>) => unknown,
): Operation {
  return (input) => {
    const parsed = shape.safeParse(input);
    if (parsed.success) return { failed: false, figures: compute(parsed.data) };
    const [issue] = parsed.error.issues;
    if (issue === undefined) throw new RangeError("refused without a reason");
    return { failed: true, failure: shapeFailure(issue) };
  };
}

/** A chart holds at most so many points: 27 years of days. */
const POINTS_MAX = 10_000;
/** Counts and denominators: far beyond any clinic, and small enough for every method to keep its digits. */
export const COUNT_MAX = 1_000_000_000;

/** A series in time order, null where missing. */
export const series = z.array(z.number().nullable()).max(POINTS_MAX);
/** A position counted from 1. */
export const position = z.int().min(1).max(POINTS_MAX);
/** One position or several. */
export const positions = z.union([position, z.array(position).max(POINTS_MAX)]).transform((value) => [value].flat());
/** A whole number of people, visits or events. */
export const count = z.int().min(0).max(COUNT_MAX);
/** How sure an interval is; 0.95 where not said. */
export const confidence = z
  .number()
  .gt(0)
  .lt(1)
  .nullish()
  .transform((value) => value ?? 0.95);
/** A member that may be left out or null. */
export const option = <T extends z.ZodType>(shape: T) => shape.nullish().transform((value) => value ?? undefined);
