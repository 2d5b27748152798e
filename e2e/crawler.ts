import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { appWords } from "#web/app/app-words.ts";
import { enterAs } from "./browser.ts";
import { comboName, faultsOf, settle, sizeOf, watch, type Combo, type Watch } from "./look.ts";
import { portalRoutes, publicViews } from "./public-views.ts";
import type { Stage } from "./stage.ts";
import { clinicViews } from "./clinic-views.ts";
import { controlViews } from "./control-views.ts";
import { shellViews } from "./shell-views.ts";
import type { View, Who } from "./view.ts";

export const allViews: readonly View[] = [...shellViews, ...controlViews, ...clinicViews, ...publicViews];
export const viewName = ({ route, state, who }: View): string => `${route}${state ? ` (${state})` : ""}, ${who}`;

export type Seen = { view: View; combo: Combo; faults: string[] };

/** Routes of the app and of the portal for which no view says how to visit them. */
export async function forgotten(stage: Stage, views: readonly View[] = allViews): Promise<string[]> {
  const page = await stage.browser.newPage();
  await page.goto(`${stage.origin}/sign-in`);
  await page.locator("h1").waitFor();
  // the router of the running app itself
  const own: string[] = await page.evaluate("Object.keys(window.__TSR_ROUTER__.routesByPath)");
  await page.close();
  const known = new Set(views.map(({ route }) => route.replace(/(?<=.)\/$/, "")));
  const all = [...own.map((route) => route.replace(/(?<=.)\/$/, "")), ...(await portalRoutes(stage))];
  return [...new Set(all)].filter((route) => !known.has(route));
}

/** One page a person, used again for the next view: a new one would load the whole app into a new process. */
type Opened = { context: BrowserContext; page: Page; seen: Watch };
const stepMs = 10_000;
type Contexts = Map<Who, Opened>;

async function enterNewcomer(page: Page, { origin, newcomer }: Stage): Promise<void> {
  const t = appWords.uk.signIn;
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel(t.login).fill(newcomer.login);
  await page.getByRole("textbox", { name: t.password }).fill(newcomer.password);
  await page.getByRole("button", { name: t.enter, exact: true }).click();
  await page.getByRole("button", { name: /Верба/ }).click();
  await page.waitForURL("**/c/**");
}

/** A page on which this person is signed in; strangers get a new browser context each time. */
async function openedFor(stage: Stage, who: Who, open: Contexts): Promise<Opened> {
  const known = open.get(who);
  if (known) return known;
  const context = await stage.browser.newContext({ timezoneId: "Europe/Kyiv", reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(stepMs);
  const seen = watch(page);
  if (who === "newcomer") await enterNewcomer(page, stage);
  else if (who !== "nobody") await enterAs(page, stage.origin, who);
  const opened = { context, page, seen };
  if (who !== "nobody") open.set(who, opened);
  return opened;
}

type Look = { combos: readonly Combo[]; open: Contexts; keep?: string; tell: (combo: Combo, faults: string[]) => void };

/** Opens the view once and looks at it in each of the combinations; what the system says (light or dark) it follows in place. */
async function lookAt({ page, seen }: Opened, view: View, o: Look & { stage: Stage; first: Combo }): Promise<void> {
  const { stage, first, keep } = o;
  const { language, width } = first;
  await page.setViewportSize(sizeOf(first));
  await page.setExtraHTTPHeaders({ "accept-language": language });
  // what the last view left goes: paper instead of a screen, and whatever a page of this origin keeps
  await page.emulateMedia({ media: "screen", colorScheme: first.scheme });
  await page.goto(`${stage.origin}/healthz`);
  await page.evaluate(`localStorage.clear(); localStorage.setItem("qms.language", "${language}");`);
  seen.complaints();
  await view.prepare?.(page, stage);
  await page.goto(stage.origin + view.path(stage, language));
  if (view.waiting) await page.locator(".q-loading-row").first().waitFor();
  else {
    await page.locator("h1").first().waitFor({ state: "attached" });
    await settle(page, seen);
  }
  await view.open?.({ page, language, width }, stage);
  for (const combo of o.combos) {
    await page.setViewportSize(sizeOf(combo));
    await page.emulateMedia({ colorScheme: combo.scheme });
    if (!view.waiting) await settle(page, seen);
    if (keep) {
      const name = `${viewName(view)} ${comboName(combo)}`.replace(/[^a-z0-9]+/gi, "-").replace(/^-/, "");
      await page.screenshot({ path: join(keep, `${name}.png`) });
    }
    o.tell(combo, await faultsOf(page, seen, { combo, refused: view.refused ?? [] }));
  }
}

async function visit(stage: Stage, view: View, o: Look): Promise<void> {
  const opened = await openedFor(stage, view.who, o.open);
  const waiting = [...o.combos];
  const tell: Look["tell"] = (combo, faults) => {
    waiting.shift();
    o.tell(combo, faults);
  };
  try {
    const [first] = o.combos;
    if (first) await lookAt(opened, view, { ...o, stage, first, tell });
    await opened.context.setOffline(false);
    await opened.page.unrouteAll({ behavior: "ignoreErrors" });
    if (view.who === "nobody") await opened.context.close();
  } catch (error) {
    const words = error instanceof Error ? error.message.split("\n").slice(0, 3).join(" ") : String(error);
    for (const combo of waiting) o.tell(combo, [`not reached: ${words}`]);
    // whatever state it is in, the next view begins on another
    o.open.delete(view.who);
    await opened.context.close();
  }
}

/** Combinations that one opening serves: a page changes its scheme in place, and its width too while nothing lies over it. */
function openings(view: View, combos: readonly Combo[]): Combo[][] {
  const groups = Map.groupBy(combos, ({ language, width }) => (view.open ? `${language} ${width}` : language));
  return [...groups.values()];
}

type Crawl = {
  /** The same for all views, or for each its own. */
  combos: readonly Combo[] | ((view: View) => readonly Combo[]);
  views?: readonly View[];
  /** Folder for pictures of everything seen. */
  keep?: string;
  tell?: (seen: Seen) => void;
};
/** Views looked at at once: as many as the smallest machine has cores. */
const atOnce = 2;

/** Looks at views in combinations; the answer has a line for each, with what is wrong with it. */
export async function crawl(stage: Stage, { combos, views = allViews, keep, tell }: Crawl): Promise<Seen[]> {
  if (keep) mkdirSync(keep, { recursive: true });
  const waiting = [...views];
  const all: Seen[] = [];
  const work = async (): Promise<void> => {
    const open: Contexts = new Map();
    for (let view = waiting.shift(); view; view = waiting.shift()) {
      const one = view;
      const note: Look["tell"] = (combo, faults) => {
        all.push({ view: one, combo, faults });
        tell?.({ view: one, combo, faults });
      };
      for (const group of openings(view, typeof combos === "function" ? combos(view) : combos))
        await visit(stage, view, { combos: group, open, tell: note, ...(keep ? { keep } : {}) });
    }
    await Promise.all([...open.values()].map(({ context }) => context.close()));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return all;
}
