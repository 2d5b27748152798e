import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dayIn, instantIn, wallIn } from "./zoned.ts";

test("the clinic's clock decides, not the browser's", () => {
  assert.equal(instantIn("2026-11-24T14:20", "Europe/Kyiv"), "2026-11-24T12:20:00.000Z");
  assert.equal(instantIn("2026-07-01T00:30", "Europe/Kyiv"), "2026-06-30T21:30:00.000Z");
  assert.equal(dayIn("2026-11-23T23:30:00Z", "Europe/Kyiv"), "2026-11-24");
  assert.equal(dayIn("2026-12-31T12:00:00Z", "Europe/Kyiv", 1), "2027-01-01");
});

test("an instant's wall clock leads back to the instant, but in the doubled hour of autumn", () => {
  const hour = 3_600_000;
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2030, 0, 1) / 60_000 }),
      fc.constantFrom("Europe/Kyiv", "UTC", "America/New_York"),
      (minutes, zone) => {
        const at = minutes * 60_000;
        const back = Date.parse(instantIn(wallIn(new Date(at), zone), zone));
        assert.ok(back === at || Math.abs(back - at) === hour);
      },
    ),
  );
});
