import assert from "node:assert/strict";
import { chromium, type Browser, type Page } from "@playwright/test";
import { AxeBuilder } from "@axe-core/playwright";
import { findLogin } from "#product/identity/people/index.ts";
import { tellDemo } from "#product/demo/fill-demo.ts";
import { demoSlug, makeDemoPeople } from "#product/demo/make-demo.ts";
import { demoRoster } from "#product/demo/words.ts";
import { buildApp } from "#platform/start/run.ts";
import { openPerson, type Person } from "#testing/clinic.ts";
import { testProduct, type TestProduct } from "#testing/product.ts";
import { atEnd } from "#testing/server.ts";

/** The demo clinic in a running product, and people who come to it: in a browser, or by signed requests. */
export type Walk = {
  origin: string;
  product: TestProduct;
  browser: Browser;
  /** A new browser context, signed in through the roster as a person would, standing on a page of the clinic. */
  signInAs: (who: string, path?: string, size?: { width: number; height: number }) => Promise<Page>;
  /** One of the demo people over HTTP, for what the story needs but does not tell. */
  person: (who: string) => Promise<Person>;
  /** What the pages wrote as errors into their consoles; a refusal (409, 422) that the story asks for is no error of the page. */
  complaints: string[];
};

const known = (who: string) => {
  const found = demoRoster.find((one) => one.as === who);
  assert(found, `nobody is called ${who}`);
  return found;
};

type Told = NonNullable<Awaited<ReturnType<typeof tellDemo>>>;

/** The product with its built staff app, the demo clinic with its history's core, and one browser. */
export async function openTold(): Promise<Walk & Told> {
  const product = await testProduct({ dist: await buildApp() });
  const told = await tellDemo(product.platform.app);
  assert(told, "a fresh database has no demo people yet");
  return { ...(await walkIn(product, told.stage.members)), ...told };
}

/** The product with its built staff app and the demo clinic's people, and one browser for the whole file. */
export async function openBrowser(): Promise<Walk> {
  const product = await testProduct({ dist: await buildApp() });
  const made = await makeDemoPeople(product.platform.app);
  assert(made, "a fresh database has no demo people yet");
  return walkIn(product, made.members);
}

async function walkIn(product: TestProduct, members: ReadonlyMap<string, string>): Promise<Walk> {
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  atEnd(() => browser.close());
  const complaints: string[] = [];
  return {
    origin: product.origin,
    product,
    browser,
    complaints,
    signInAs: (who, path = "", size = { width: 1440, height: 900 }) =>
      signIn(browser, { origin: product.origin, who, path, size, complaints }),
    person: async (who) => {
      const { login, name } = known(who);
      const { app } = product.platform;
      const bidx = app.vault.login(login);
      const row = bidx ? await app.database.outside((db) => findLogin(db, bidx)) : undefined;
      assert(row);
      const memberId = members.get(who);
      assert(memberId);
      return openPerson(product, { personId: row.person_id, memberId, name: name.uk, slug: demoSlug });
    },
  };
}

type SignIn = {
  origin: string;
  who: string;
  path: string;
  size: { width: number; height: number };
  complaints: string[];
};

async function signIn(browser: Browser, { origin, who, path, size, complaints }: SignIn): Promise<Page> {
  const context = await browser.newContext({ viewport: size, locale: "uk-UA", timezoneId: "Europe/Kyiv" });
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of (?:409|422)/.test(message.text())) complaints.push(message.text());
  });
  await enterAs(page, origin, who);
  await page.goto(`${origin}/c/${demoSlug}${path}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}

/** Through the roster of the sign-in page, as a person would. */
export async function enterAs(page: Page, origin: string, who: string): Promise<void> {
  await page.goto(`${origin}/sign-in`);
  await page
    .getByRole("button", { name: known(who).name.uk })
    .first()
    .click();
  await page.waitForURL(`**/c/${demoSlug}**`);
}

/** What axe finds wrong on the page as it stands: rule and the first place. */
export async function barriers(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
}
