import { parseArgs } from "node:util";
import { needChromium } from "../ops/ci/browser.ts";
import { endAll } from "#testing/server.ts";
import { allViews, crawl, forgotten, viewName, type Seen } from "./crawler.ts";
import { allCombos, comboName, pairwise, type Combo } from "./look.ts";
import { openStage } from "./stage.ts";

const help = `npm run crawl [-- [--half] [--keep FOLDER] [WORD …]]

Visits every screen and state in both languages, light and dark, 1440 and 360 px wide, and says what is wrong with it:
barriers that axe finds, sideways scrolling, cut words, errors of the page, more or less than one main heading.
  WORD            only views with one of these words in their line
  --half          four of the eight combinations: each pair of language, scheme and width still occurs
  --keep FOLDER   keeps a picture of each
Exits with 1 when anything is found.
`;

const say = (text: string): void => void process.stdout.write(text);

/** One line a view: a sign for each combination, and below it what is wrong, once however often it was seen. */
function lines(seen: readonly Seen[], combos: readonly Combo[]): string {
  const [first] = seen;
  if (!first) return "";
  const signs = combos.map((combo) => {
    const found = seen.find((one) => one.combo === combo);
    return found ? (found.faults.length > 0 ? "✘" : "✔") : " ";
  });
  const faults = new Map<string, string[]>();
  for (const { combo, faults: found } of seen)
    for (const fault of found) faults.set(fault, [...(faults.get(fault) ?? []), comboName(combo)]);
  const told = [...faults].map(([fault, where]) => `    ${fault}\n      ${where.join(", ")}\n`);
  return `${signs.join(" ")}  ${viewName(first.view)}\n${told.join("")}`;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { half: { type: "boolean" }, keep: { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help) {
    say(help);
    return 0;
  }
  process.env["CHROMIUM_PATH"] = needChromium();
  const views = allViews.filter(
    (view) => positionals.length === 0 || positionals.some((word) => viewName(view).includes(word)),
  );
  if (views.length === 0) {
    say(`No view has ${positionals.join(" or ")} in its line.\n`);
    return 2;
  }
  const stage = await openStage();
  const missing = await forgotten(stage);
  for (const route of missing) say(`✘ no view says how to visit ${route}\n`);
  const combos = values.half ? pairwise : allCombos;
  say(`${combos.map(comboName).join(" · ")}\n`);
  const open = new Map<string, Seen[]>();
  const all = await crawl(stage, {
    combos,
    views,
    ...(values.keep === undefined ? {} : { keep: values.keep }),
    tell: (seen) => {
      const name = viewName(seen.view);
      const so = [...(open.get(name) ?? []), seen];
      open.set(name, so);
      if (so.length === combos.length) say(lines(so, combos));
    },
  });
  const bad = all.filter(({ faults }) => faults.length > 0).length;
  say(`\n${all.length} views looked at, ${bad} with something wrong, ${missing.length} routes forgotten\n`);
  return bad + missing.length > 0 ? 1 : 0;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.once(signal, () => void endAll().finally(() => process.exit(130)));

let code = 1;
try {
  code = await main();
} finally {
  await endAll();
}
process.exit(code);
