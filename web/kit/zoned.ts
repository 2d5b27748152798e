/** Wall clock of a zone at an instant (ms), read as if it were UTC. */
function wallAt(at: number, timeZone: string): number {
  const parts = new Map(
    new Intl.DateTimeFormat("en-GB", {
      timeZone,
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      hourCycle: "h23",
    })
      .formatToParts(at)
      .map((part) => [part.type, Number(part.value)]),
  );
  const of = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"));
}

/** The instant (ISO 8601, UTC) of a wall clock `2026-11-24T14:20` in a zone; in a skipped hour the later offset counts. */
export function instantIn(wall: string, timeZone: string): string {
  const wanted = Date.parse(`${wall}Z`);
  const guess = wanted - (wallAt(wanted, timeZone) - wanted);
  return new Date(guess - (wallAt(guess, timeZone) - wanted)).toISOString();
}

/** The wall clock `2026-11-24T14:20` of an instant in a zone: what a date-and-time input holds. */
export const wallIn = (instant: string | Date, timeZone: string): string =>
  new Date(wallAt(new Date(instant).getTime(), timeZone)).toISOString().slice(0, 16);

/** The calendar day `2026-11-24` in a zone, `add` days away from an instant. */
export const dayIn = (instant: string | Date, timeZone: string, add = 0): string => {
  const wall = new Date(wallAt(new Date(instant).getTime(), timeZone));
  wall.setUTCDate(wall.getUTCDate() + add);
  return wall.toISOString().slice(0, 10);
};
