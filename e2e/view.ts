import type { Page } from "@playwright/test";
import type { Both, Language } from "#core/contract/words.ts";
import type { Stage } from "./stage.ts";

/** People of the roster, somebody whose clinics are empty, and somebody without a session. */
export type Who = "marta" | "olena" | "taras" | "yulia" | "solomiia" | "hanna" | "newcomer" | "nobody";
export type Open = { page: Page; language: Language; width: number };
/** One state of one route, and how to bring it about without changing anything that another view shows. */
export type View = {
  route: string;
  /** Empty for the page as it opens. */
  state: string;
  who: Who;
  path: (stage: Stage, language: Language) => string;
  /** Before the page is asked for. */
  prepare?: (page: Page, stage: Stage) => Promise<unknown>;
  /** After it has come; `stage` for what only the stage knows. */
  open?: (o: Open, stage: Stage) => Promise<unknown>;
  /** The page is looked at while it still waits. */
  waiting?: true;
  /** Statuses of refusals that this state is about. */
  refused?: readonly number[];
};

export type Step = (o: Open) => Promise<unknown>;
export const both = <W>(words: { uk: W; en: W }, pick: (t: W) => string | undefined): Both => ({
  uk: pick(words.uk) ?? "",
  en: pick(words.en) ?? "",
});
export const press =
  (name: Both): Step =>
  ({ page, language }) =>
    page.getByRole("button", { name: name[language], exact: true }).first().click();
export const item =
  (name: Both): Step =>
  ({ page, language }) =>
    page.getByRole("menuitem", { name: name[language], exact: true }).click();
export const steps =
  (...all: readonly Step[]): Step =>
  async (o) => {
    for (const step of all) await step(o);
  };
export const key =
  (keys: string): Step =>
  ({ page }) =>
    page.keyboard.press(keys);
export const dialog: Step = ({ page }) => page.getByRole("dialog").last().waitFor();
/** A drawer with its content: beside the list on a wide screen, over it on a narrow one. */
export const drawer: Step = ({ page }) =>
  page
    .locator(".q-drawer, [role=dialog]")
    .filter({ hasNot: page.locator(".q-loading") })
    .last()
    .waitFor();
export const write =
  (name: Both, text: string): Step =>
  ({ page, language }) =>
    page.getByRole("textbox", { name: name[language] }).first().fill(text);

const clinic = "/c/$slug";
export const inKalyna = (path: string) => () => `/c/kalyna${path}`;
export const inEmpty = (path: string) => (stage: Stage) => `/c/${stage.newcomer.slug}${path}`;

/** A screen of the clinic: as its main role sees it, then its other states. */
export function screen(
  path: string,
  where: View["path"],
  states: readonly (Partial<View> & { state: string })[] = [],
): View[] {
  const plain: View = { route: clinic + path, state: "", who: "marta", path: where };
  return [plain, ...states.map((state) => ({ ...plain, ...state }))];
}

export const empty = (path: string) => ({ state: "empty", who: "newcomer" as const, path: inEmpty(path) });
export const noRight = (who: Who = "olena") => ({ state: "no right", who, refused: [403] });
export const unknown = (path: string) => ({ state: "unknown", path: inKalyna(path), refused: [404] });
