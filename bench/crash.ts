import { clientCore, pinTo } from "./lib/box.ts";
import { crashRounds } from "./lib/crash-rounds.ts";
import { print } from "./lib/print.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 20);
const controlRounds = 4;

/** SIGKILL of server and PostgreSQL at random moments under load; and the control, which must lose. */
export async function crash(): Promise<void> {
  pinTo(clientCore);
  const found = await crashRounds({ rounds, control: false });
  print({ bench: "crash", metric: `acknowledged-in-${rounds}-rounds`, value: found.acknowledged, unit: "answers" });
  const nought = (metric: string, value: number) =>
    print({ bench: "crash", metric, value, unit: "times", bar: "=0", ok: value === 0 });
  nought("lost", found.lost);
  nought("without-ledger-entry", found.unledgered);
  nought("twice-or-missing", found.twice);
  nought("ledger-broken", found.ledgerHolds ? 0 : 1);
  const control = await crashRounds({ rounds: controlRounds, control: true });
  print({
    bench: "crash",
    metric: "control-lost",
    value: control.lost,
    unit: "times",
    baseline: control.acknowledged,
    bar: ">0",
    ok: control.lost > 0,
  });
}
