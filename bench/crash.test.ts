import assert from "node:assert/strict";
import { test } from "node:test";
import { crashRounds } from "./lib/crash-rounds.ts";

const skip = process.platform === "linux" ? false : "processes are found in /proc";

test(
  "server and database killed under load: nothing acknowledged is lost, unledgered or done twice",
  { skip },
  async () => {
    const { acknowledged, ...found } = await crashRounds({ rounds: 2, control: false });
    assert(acknowledged > 50, `only ${acknowledged} answers: that is no load`);
    assert.deepEqual(found, { lost: 0, unledgered: 0, twice: 0, ledgerHolds: true });
  },
);

test("the control, which answers before its log is on the disk, is seen to lose", { skip }, async () => {
  const { acknowledged, lost } = await crashRounds({ rounds: 1, control: true });
  assert(lost > 0, `${acknowledged} acknowledged, none lost`);
});
