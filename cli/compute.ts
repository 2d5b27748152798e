import { type Failure, failure } from "./compute/failure.ts";
import { operations } from "./compute/operations.ts";

/** A line holds at most so many characters: some 10,000 points with all their options, and a bound on memory. */
const LINE_MAX = 4_000_000;

/** Recomputes figures of the product: each line a JSON object whose `op` says what, each answer a JSON line, in order.
 *  A line that fails answers `{"error": {code, pointer, uk, en}}`, and the next is still read; empty lines are passed over.
 *  Returns the exit code: 1 if any line failed, else 0. Numbers that do not exist are null, never NaN. */
export async function computeLines(lines: AsyncIterable<string>, write: (line: string) => void): Promise<0 | 1> {
  let code: 0 | 1 = 0;
  for await (const line of lines) {
    if (line.trim() === "") continue;
    const answer = answerTo(line);
    if (answer.failed) code = 1;
    write(JSON.stringify(answer.failed ? { error: answer.failure } : answer.figures));
  }
  return code;
}

type Answer =
  | { readonly failed: true; readonly failure: Failure }
  | { readonly failed: false; readonly figures: unknown };

function answerTo(line: string): Answer {
  if (line.length > LINE_MAX) return { failed: true, failure: failure("compute.line-too-long", { max: LINE_MAX }) };
  let input: unknown;
  try {
    input = JSON.parse(line.replace(/^\uFEFF/, ""));
  } catch {
    return { failed: true, failure: failure("compute.not-json", {}) };
  }
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    return { failed: true, failure: failure("compute.not-json", {}) };
  }
  const op = "op" in input ? input.op : undefined;
  const operation = typeof op === "string" ? operations.get(op) : undefined;
  if (operation === undefined) {
    return { failed: true, failure: failure("compute.op-unknown", { known: [...operations.keys()].join(", ") }) };
  }
  try {
    return operation(input);
  } catch (error) {
    return { failed: true, failure: refusal(error) };
  }
}

/** The functions refuse with a RangeError what the shapes let through; so does the engine when a tree is too deep for it. */
function refusal(error: unknown): Failure {
  if (!(error instanceof RangeError)) throw error;
  if (error.message.includes("call stack")) return failure("compute.too-deep", {});
  return failure("compute.input-refused", { reason: error.message });
}
