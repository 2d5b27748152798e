import { importWords } from "#product/clinic/imports/words.ts";
import { memberWords } from "#product/clinic/members/words.ts";
import { visitWords } from "#product/clinic/visits/words.ts";
import { surveyWords } from "#product/feedback/surveys/words.ts";
import { signInWords } from "#product/identity/sign-in/words.ts";
import {
  both,
  dialog,
  drawer,
  empty,
  inEmpty,
  inKalyna,
  item,
  key,
  noRight,
  press,
  screen,
  steps,
  type Step,
  type View,
} from "./view.ts";

const survey = (pick: (t: typeof surveyWords.uk) => string) => press(both(surveyWords, pick));
const feedback = screen("/feedback", inKalyna("/feedback"), [
  empty("/feedback"),
  noRight("hanna"),
  { state: "services", path: inKalyna("/feedback?rows=services") },
  { state: "how counted", open: survey((t) => t.how) },
  {
    state: "sending",
    open: steps(
      survey((t) => t.settings),
      dialog,
    ),
  },
  {
    state: "hide a comment",
    open: steps(({ page }) => page.locator(".q-comments li").first().waitFor(), key("3"), dialog),
  },
  { state: "for a nurse", who: "olena" },
]);

const visits = screen("/visits", inKalyna("/visits"), [
  { ...empty("/visits"), path: inEmpty("/visits") },
  { state: "nothing found", path: inKalyna("/visits?day=2001-01-01") },
  { state: "visit", path: (stage) => `/c/kalyna/visits?visit=${stage.visits.finished}`, open: drawer },
  {
    state: "visit of a doctor",
    who: "taras",
    path: (stage) => `/c/kalyna/visits?visit=${stage.visits.open}`,
    open: drawer,
  },
  { state: "new visit", who: "yulia", path: inKalyna("/visits?new=yes"), open: drawer },
  {
    state: "open again",
    who: "taras",
    path: (stage) => `/c/kalyna/visits?visit=${stage.visits.unasked}`,
    open: steps(press(both(visitWords, (t) => t.reopen)), dialog),
  },
  {
    state: "finish",
    who: "taras",
    path: (stage) => `/c/kalyna/visits?visit=${stage.visits.open}`,
    open: steps(press(both(visitWords, (t) => t.finish)), dialog),
  },
]);

const member = (pick: (t: typeof memberWords.uk) => string) => both(memberWords, pick);
const firstMember: Step = ({ page }) => page.getByRole("table").getByRole("button").first().click();
const members = screen("/members", inKalyna("/members"), [
  { state: "of the owner", who: "solomiia" },
  empty("/members"),
  { state: "invite", who: "solomiia", open: steps(press(member((t) => t.invite)), dialog) },
  {
    state: "invite sent empty",
    who: "solomiia",
    open: steps(press(member((t) => t.invite)), dialog, press(member((t) => t.inviteDo))),
  },
  { state: "access", who: "solomiia", open: steps(firstMember, item(member((t) => t.change)), dialog) },
  { state: "suspend", who: "solomiia", open: steps(firstMember, item(member((t) => t.suspend)), dialog) },
  { state: "nothing found", open: ({ page }) => page.getByRole("searchbox").fill("щщщ") },
]);

const imports = screen("/import", inKalyna("/import"), [
  empty("/import"),
  noRight(),
  { state: "run", path: (stage) => `/c/kalyna/import?run=${stage.importRun}`, open: drawer },
  {
    state: "undo",
    path: (stage) => `/c/kalyna/import?run=${stage.importRun}`,
    open: steps(press(both(importWords, (t) => t.undo)), dialog),
  },
]);

const jobs = screen("/jobs", inKalyna("/jobs"), [noRight(), empty("/jobs")]).map((view): View =>
  view.state === "" ? { ...view, who: "solomiia" } : view,
);

const me = screen("/me", inKalyna("/me"), [
  { state: "everywhere", open: steps(press(both(signInWords, (t) => t.account.everywhere)), dialog) },
]);

const kit: View[] = [
  { route: "/kit", state: "", who: "nobody", path: () => "/kit" },
  ...["controls", "marks", "lists", "states", "charts"].map((part): View => ({
    route: "/kit/$part",
    state: part,
    who: "nobody",
    path: () => `/kit/${part}`,
  })),
];

const nowhere: View[] = [
  { route: "nowhere", state: "in a clinic", who: "marta", path: inKalyna("/nowhere") },
  { route: "nowhere", state: "outside", who: "nobody", path: () => "/nowhere", refused: [404] },
];

/** Feedback, visits, people, imports, jobs that failed, the own account, the kit, and what is not there. */
export const clinicViews: readonly View[] = [
  ...feedback,
  ...visits,
  ...members,
  ...imports,
  ...jobs,
  ...me,
  ...kit,
  ...nowhere,
];
