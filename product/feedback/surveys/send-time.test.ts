import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isQuiet, sendTime } from "./send-time.ts";

const rule = { delayMinutes: 120, quietFromHour: 20, quietUntilHour: 9, zone: "Europe/Kyiv" };
const local = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime("Europe/Kyiv").toInstant();

test("a letter leaves two hours after the visit, and never between 20:00 and 9:00 of the clinic", () => {
  assert.equal(sendTime(local("2026-11-24T11:30"), rule).toString(), local("2026-11-24T13:30").toString());
  assert.equal(sendTime(local("2026-11-24T18:00"), rule).toString(), local("2026-11-25T09:00").toString());
  assert.equal(sendTime(local("2026-11-24T23:30"), rule).toString(), local("2026-11-25T09:00").toString());
  // the night the clock goes back has an hour twice
  assert.equal(sendTime(local("2026-10-24T22:00"), rule).toString(), local("2026-10-25T09:00").toString());
});

test("whatever the rule and the moment, it is not quiet when the letter leaves, and never before the delay", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2_000_000_000 }),
      fc.integer({ min: 0, max: 20160 }),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 23 }),
      (seconds, delayMinutes, quietFromHour, quietUntilHour) => {
        const from = Temporal.Instant.fromEpochMilliseconds(seconds * 1000);
        const o = { delayMinutes, quietFromHour, quietUntilHour, zone: "Europe/Kyiv" };
        const at = sendTime(from, o);
        assert(Temporal.Instant.compare(at, from.add({ minutes: delayMinutes })) >= 0);
        assert(!isQuiet(at.toZonedDateTimeISO("Europe/Kyiv").hour, o));
      },
    ),
  );
});
