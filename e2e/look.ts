import { setTimeout as wait } from "node:timers/promises";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page, Request } from "@playwright/test";
import type { Language } from "#core/contract/words.ts";

/** How a view is looked at. */
export type Combo = { language: Language; scheme: "light" | "dark"; width: 1440 | 360 };
const heights = { 1440: 900, 360: 740 } as const;
export const sizeOf = ({ width }: Combo) => ({ width, height: heights[width] });
export const comboName = ({ language, scheme, width }: Combo): string => `${language} ${scheme} ${width}`;

const languages = ["uk", "en"] as const;
const widths = [1440, 360] as const;
/** Every combination. */
export const allCombos: readonly Combo[] = languages.flatMap((language) =>
  (["light", "dark"] as const).flatMap((scheme) => widths.map((width) => ({ language, scheme, width }))),
);
/** Half of them, in which each pair of language, scheme and width still occurs. */
export const pairwise: readonly Combo[] = [
  { language: "uk", scheme: "light", width: 1440 },
  { language: "uk", scheme: "dark", width: 360 },
  { language: "en", scheme: "dark", width: 1440 },
  { language: "en", scheme: "light", width: 360 },
];

/** What a page does while it is watched. */
export type Watch = {
  /** Errors it threw or wrote into its console since the last call. */
  complaints: () => string[];
  /** Resolves when it asks the server for nothing more. */
  quiet: () => Promise<void>;
};

const isAsk = (request: Request): boolean => {
  const { pathname } = new URL(request.url());
  return pathname.startsWith("/api/") && !pathname.endsWith("/live");
};
const quietMs = 40;

export function watch(page: Page): Watch {
  let said: string[] = [];
  const open = new Set<Request>();
  let last = 0;
  const ended = (request: Request) => {
    open.delete(request);
    last = performance.now();
  };
  page.on("pageerror", (error) => said.push(`threw: ${String(error)}`));
  page.on(
    "console",
    (message) => message.type() === "error" && said.push(`console: ${message.text()} ${message.location().url}`),
  );
  page.on("request", (request) => isAsk(request) && open.add(request));
  page.on("requestfinished", ended);
  page.on("requestfailed", ended);
  return {
    complaints: () => {
      const now = said;
      said = [];
      return now;
    },
    quiet: async () => {
      while (open.size > 0 || performance.now() - last < quietMs) await wait(quietMs / 2);
    },
  };
}

/** Waits until the page asks for nothing and nothing in it moves. */
export async function settle(page: Page, { quiet }: Watch): Promise<void> {
  await quiet();
  await page.locator(".q-waiting").waitFor({ state: "detached" });
  await page.evaluate(still);
}

// Text, since it runs in the page. Two frames and a turn: what a new width changes is drawn by then. An endless turning is not waited for.
const still = `new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn, 50)))).then(() => Promise.all([document.fonts.ready, ...document.getAnimations()
  .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
  .map((one) => one.finished.catch(() => undefined))])).then(() => undefined)`;

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function axeFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ runOnly: tags, resultTypes: ["violations"] })
    // no frames within our pages, so nothing has to be put together in a page of its own
    .setLegacyMode()
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ html, any }) => `axe ${id}: ${html.slice(0, 160)}${any[0] ? ` (${any[0].message})` : ""}`),
  );
}

/** What the page's own shape gets wrong: one heading, its language, its name, nothing wider than its place, no word cut. */
const shape = (language: Language): string => `(() => {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const named = (one) => one.tagName.toLowerCase() + (one.id ? "#" + one.id : "") +
    (typeof one.className === "string" && one.className ? "." + one.className.trim().split(/\\s+/).join(".") : "") +
    " «" + (one.textContent ?? "").trim().slice(0, 40) + "»";
  const faults = [];
  const heads = [...document.querySelectorAll("h1")];
  if (heads.length !== 1) faults.push("h1: " + heads.length + " of them" + heads.map((one) => " " + named(one)).join());
  if (document.documentElement.lang !== "${language}") faults.push("lang: " + document.documentElement.lang);
  const title = document.title.trim();
  if (title === "" || /undefined|null|NaN/.test(title)) faults.push("title: «" + title + "»");
  const wide = (one) => one.scrollWidth - one.clientWidth > 1;
  if (wide(document.documentElement)) faults.push("sideways: the page is " + document.documentElement.scrollWidth + " wide");
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (text) =>
    text.data.trim() === "" ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  while (texts.nextNode()) {
    const place = texts.currentNode.parentElement;
    if (!place || !seen(place) || place.closest(".q-hidden, .q-skip, script, style")) continue;
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const { left, right, width } = range.getBoundingClientRect();
    const cutByDots = [place, place.parentElement].some((one) => one && getComputedStyle(one).textOverflow === "ellipsis");
    if (width > 1 && !cutByDots && (right > innerWidth + 1 || left < -1)) faults.push("beyond the edge: " + named(place));
  }
  for (const one of document.body.querySelectorAll("*")) {
    if (!(one instanceof HTMLElement) || !wide(one) || !seen(one)) continue;
    const style = getComputedStyle(one);
    // hidden from eyes on purpose, told to screen readers alone
    if (one.clientWidth <= 1 || one.closest(".q-hidden, .q-skip")) continue;
    if (style.overflowX === "auto" || style.overflowX === "scroll") {
      if (!one.closest("[data-sideways]")) faults.push("sideways: " + named(one));
    } else if (style.overflowX !== "visible") {
      const mayShorten = style.textOverflow === "ellipsis" && !one.closest("button, [role=tab], th, dt, label, h1, h2, .q-tag");
      if (!mayShorten && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "")) faults.push("cut: " + named(one));
    }
  }
  if (/undefined|\\[object|NaN/.test(document.body.innerText)) faults.push("text: undefined, an object or NaN is shown");
  return faults;
})()`;

/** Everything that is wrong with a page as it stands. `refused`: statuses that this very state is about. */
export async function faultsOf(
  page: Page,
  seen: Watch,
  o: { combo: Combo; refused?: readonly number[] },
): Promise<string[]> {
  // A token that ran out while nobody looked is answered 401 once and renewed; browsers write that down whatever a page does.
  const refused = [401, ...(o.refused ?? [])].join("|");
  const expected = new RegExp(`status of (?:${refused})${o.refused?.length ? "|ApiProblem" : ""}`);
  const shown: string[] = await page.evaluate(shape(o.combo.language));
  const said = seen.complaints().filter((text) => !expected.test(text));
  return [...(await axeFaults(page)), ...shown, ...said];
}
