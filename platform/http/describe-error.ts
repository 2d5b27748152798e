/** Class, first lines and driver code, but no message of the database: it may quote a person's data. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { what: typeof error };
  const code = "code" in error ? String(error.code) : undefined;
  const fromDatabase = "severity" in error;
  const constraint = "constraint" in error ? String(error.constraint) : undefined;
  return {
    name: error.name,
    code,
    constraint,
    message: fromDatabase ? undefined : error.message,
    at: error.stack
      ?.split("\n")
      .slice(1, 4)
      .map((line) => line.trim()),
    cause: error.cause ? describeError(error.cause) : undefined,
  };
}
