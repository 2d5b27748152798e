/** When a letter may leave: `delayMinutes` after an instant, and never in the quiet hours of the clinic's zone: then at their end.
 *  Hours 0…23; from = until means there are none; from > until runs over midnight. */
export function sendTime(
  from: Temporal.Instant,
  o: { delayMinutes: number; quietFromHour: number; quietUntilHour: number; zone: string },
): Temporal.Instant {
  const due = from.add({ minutes: o.delayMinutes });
  const local = due.toZonedDateTimeISO(o.zone);
  if (!isQuiet(local.hour, o)) return due;
  const morning = local.with({
    hour: o.quietUntilHour,
    minute: 0,
    second: 0,
    millisecond: 0,
    microsecond: 0,
    nanosecond: 0,
  });
  return (Temporal.ZonedDateTime.compare(morning, local) > 0 ? morning : morning.add({ days: 1 })).toInstant();
}

/** Whether an hour of the day is one of the quiet ones. */
export const isQuiet = (hour: number, o: { quietFromHour: number; quietUntilHour: number }): boolean =>
  o.quietFromHour <= o.quietUntilHour
    ? hour >= o.quietFromHour && hour < o.quietUntilHour
    : hour >= o.quietFromHour || hour < o.quietUntilHour;
