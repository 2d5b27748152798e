import { signInWords } from "#product/identity/sign-in/words.ts";
import { appWords } from "#web/app/app-words.ts";
import {
  both,
  dialog,
  empty,
  inKalyna,
  key,
  noRight,
  press,
  screen,
  steps,
  write,
  type Step,
  type View,
} from "./view.ts";

const app = (pick: (t: typeof appWords.uk) => string) => both(appWords, pick);
const home = screen("/", inKalyna(""), [
  empty(""),
  noRight(),
  { state: "of the owner", who: "solomiia" },
  { state: "palette", open: steps(key("Control+k"), dialog) },
  {
    state: "palette finds nothing",
    open: steps(key("Control+k"), dialog, ({ page }) => page.keyboard.type("щщщ")),
  },
  { state: "help", open: steps(key("?"), dialog) },
  { state: "create menu", open: (o) => (o.width < 500 ? phonePlus(o) : key("c")(o)) },
  {
    state: "person menu",
    open: ({ page }) => page.locator(".q-person-button").click(),
  },
  {
    state: "phone's more",
    open: async ({ page, language, width }) => {
      if (width < 500) await page.getByRole("button", { name: appWords[language].more, exact: true }).click();
    },
  },
  { state: "rail closed", open: key("[") },
  { state: "loading", waiting: true, prepare: (page) => page.route("**/api/c/*/home", () => undefined) },
  {
    state: "failed",
    refused: [500],
    prepare: (page) =>
      page.route("**/api/c/*/home", (route) =>
        route.fulfill({
          status: 500,
          contentType: "application/problem+json",
          body: JSON.stringify({
            type: "/docs/problems/service.unexpected",
            code: "service.unexpected",
            status: 500,
            title: "Щось зламалося.",
            uk: "Щось зламалося.",
            en: "Something broke.",
            request: "3f9c51d20a7be844",
          }),
        }),
      ),
  },
  {
    state: "offline",
    open: async ({ page }) => {
      await page.context().setOffline(true);
      await page.locator(".q-offline").waitFor();
    },
  },
]);

const phonePlus: Step = ({ page, language }) =>
  page.getByRole("button", { name: appWords[language].create, exact: true }).last().click();

const door = (pick: (t: typeof appWords.uk.signIn) => string) => app((t) => pick(t.signIn));
const doors: View[] = [
  { route: "/", state: "", who: "nobody", path: () => "/" },
  { route: "/", state: "signed in", who: "marta", path: () => "/" },
  { route: "/sign-in", state: "", who: "nobody", path: () => "/sign-in" },
  { route: "/sign-in", state: "sent empty", who: "nobody", path: () => "/sign-in", open: press(door((t) => t.enter)) },
  {
    route: "/sign-in",
    state: "refused",
    who: "nobody",
    path: () => "/sign-in",
    refused: [401],
    open: steps(
      write(
        door((t) => t.login),
        "nobody@kalyna.example",
      ),
      write(
        door((t) => t.password),
        "не той пароль 12",
      ),
      press(door((t) => t.enter)),
      ({ page }) => page.getByRole("alert").first().waitFor(),
    ),
  },
  {
    route: "/sign-in",
    state: "several clinics",
    who: "nobody",
    path: () => "/sign-in",
    open: async (o, { newcomer }) => {
      await write(
        door((t) => t.login),
        newcomer.login,
      )(o);
      await write(
        door((t) => t.password),
        newcomer.password,
      )(o);
      await press(door((t) => t.enter))(o);
      await o.page.getByRole("heading", { name: appWords[o.language].signIn.choose }).waitFor();
    },
  },
  { route: "/sign-in", state: "locked", who: "nobody", path: () => "/sign-in?locked=yes" },
  { route: "/sign-up", state: "", who: "nobody", path: () => "/sign-up" },
  {
    route: "/sign-up",
    state: "sent empty",
    who: "nobody",
    path: () => "/sign-up",
    open: press(both(signInWords, (t) => t.signUp.send)),
  },
  { route: "/l/$token", state: "", who: "nobody", path: () => `/l/${"a".repeat(43)}` },
  {
    route: "/l/$token",
    state: "password too short",
    who: "nobody",
    path: () => `/l/${"a".repeat(43)}`,
    open: press(both(signInWords, (t) => t.accept.enter)),
  },
  {
    route: "/l/$token",
    state: "dead",
    who: "nobody",
    path: () => `/l/${"a".repeat(43)}`,
    refused: [410],
    open: steps(
      write(
        both(signInWords, (t) => t.accept.password),
        "тихий ранок над ставом 7",
      ),
      press(both(signInWords, (t) => t.accept.enter)),
      ({ page }) => page.getByRole("alert").first().waitFor(),
    ),
  },
];

/** The doors, home, and the frame around every screen. */
export const shellViews: readonly View[] = [...doors, ...home];
