/** Server time = monotonic clock + an offset to the database's clock, so a wall clock set back revives nothing. */
export type Clock = {
  now: () => Temporal.Instant;
  /** Whole seconds since 1970. */
  seconds: () => number;
  milliseconds: () => number;
  /** Sets the offset from the database's time in ms since 1970, read at this moment. */
  set: (databaseMs: number) => void;
};

export function openClock(): Clock {
  let offset = Date.now() - performance.now();
  const milliseconds = () => Math.floor(performance.now() + offset);
  return {
    milliseconds,
    seconds: () => Math.floor(milliseconds() / 1000),
    now: () => Temporal.Instant.fromEpochMilliseconds(milliseconds()),
    set: (databaseMs) => {
      offset = databaseMs - performance.now();
    },
  };
}
