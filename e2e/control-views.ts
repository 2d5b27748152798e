import { actionScreenWords } from "#product/control/actions/screens/action-words.ts";
import { caseWords } from "#product/control/incidents/screens/case-words.ts";
import { reportWords } from "#product/control/incidents/screens/report-words.ts";
import { indicatorWords } from "#product/control/indicators/words.ts";
import type { Stage } from "./stage.ts";
import { both, dialog, empty, inEmpty, inKalyna, item, key, press, screen, steps, unknown, type View } from "./view.ts";

const on = (pick: (t: typeof caseWords.uk) => string | undefined) => both(caseWords, pick);
const act = (pick: (t: typeof actionScreenWords.uk) => string | undefined) => both(actionScreenWords, pick);
const more = steps(press(on((t) => t.more)));

const tasks = screen("/tasks", inKalyna("/tasks"), [empty("/tasks"), { state: "of a nurse", who: "olena" }]);

const register = screen("/incidents", inKalyna("/incidents"), [
  empty("/incidents"),
  { state: "nothing found", path: inKalyna("/incidents?text=щщщ") },
  { state: "empty view", who: "newcomer", path: inEmpty("/incidents?state=overdue") },
  { state: "filtered", path: inKalyna("/incidents?period=quarter&type=ADM") },
  {
    state: "filter menu",
    open: ({ page }) => page.locator(".q-filters .q-chip-add, .q-filters [aria-haspopup=menu]").first().click(),
  },
  { state: "chosen rows", open: steps(key("j"), key("x"), key("j"), key("x")) },
  { state: "of a nurse", who: "olena" },
]);

const report = screen("/incidents/new", inKalyna("/incidents/new"), [
  { state: "sent empty", who: "olena", open: press(both(reportWords, (t) => t.send)) },
  {
    state: "near miss",
    who: "olena",
    open: ({ page, language }) => page.getByText(reportWords[language].reachedNo).first().click(),
  },
]);

const caseOf =
  (state: keyof Stage["incidents"], rest = "") =>
  (stage: Stage) =>
    `/c/kalyna/incidents/${stage.incidents[state]}${rest}`;
const cases = screen("/incidents/$code", caseOf("reported"), [
  { state: "triage", open: press(on((t) => t.moves["triage"])) },
  {
    state: "triage sent empty",
    open: steps(press(on((t) => t.moves["triage"])), ({ page, language }) =>
      page
        .getByRole("button", { name: caseWords[language].moves["triage"] ?? "", exact: true })
        .last()
        .click(),
    ),
  },
  { state: "moves", open: more },
  { state: "merge", open: steps(more, item(on((t) => t.moves["merge"])), dialog) },
  {
    state: "reject sent empty",
    open: steps(more, item(on((t) => t.moves["reject"])), dialog, ({ page, language }) =>
      page
        .getByRole("dialog")
        .getByRole("button", { name: caseWords[language].moves["reject"] ?? "" })
        .click(),
    ),
  },
  { state: "red", path: caseOf("red") },
  { state: "red: team", path: caseOf("red"), open: steps(press(on((t) => t.moves["investigate"])), dialog) },
  {
    state: "red: patient told",
    path: caseOf("red"),
    open: steps(more, item(on((t) => t.moves["tell-patient"])), dialog),
  },
  { state: "analysed", path: caseOf("analysed") },
  { state: "analysed: a cause", path: caseOf("analysed"), open: press(on((t) => t.addCause)) },
  { state: "analysed: a line", path: caseOf("analysed"), open: press(on((t) => t.addLine)) },
  { state: "closed", path: caseOf("closed") },
  { state: "closed: reopen", path: caseOf("closed"), open: steps(press(on((t) => t.moves["reopen"])), dialog) },
  { state: "merged", path: caseOf("merged") },
  { state: "rejected", path: caseOf("rejected") },
  { state: "for a nurse", who: "olena", path: caseOf("analysed") },
  unknown("/incidents/INC-9999"),
]);
const caseActions = screen("/incidents/$code/actions", caseOf("closed", "/actions"), [
  { state: "none", path: caseOf("reported", "/actions") },
]);
const path = screen("/incidents/$code/path", caseOf("closed", "/path"), [
  { state: "just begun", path: caseOf("reported", "/path") },
  {
    state: "printed",
    // on paper of its own width; a phone prints A4 as well
    open: async ({ page, width }) => width > 500 && page.emulateMedia({ media: "print" }),
  },
]);

const actionOf = (state: keyof Stage["actions"]) => (stage: Stage) => `/c/kalyna/actions/${stage.actions[state]}`;
const menu = (name: string) => steps(press(act((t) => t.more)), item(act((t) => t.moves[name])), dialog);
const actions = [
  ...screen("/actions", inKalyna("/actions"), [
    empty("/actions?state=all"),
    { state: "empty view", who: "newcomer", path: inEmpty("/actions") },
    { state: "chosen rows", open: steps(key("j"), key("x")) },
    { state: "overdue", path: inKalyna("/actions?state=overdue") },
  ]),
  ...screen("/actions/new", inKalyna("/actions/new?indicator=F01"), [
    { state: "sent empty", open: press(act((t) => t.newSend)) },
  ]),
  ...screen("/actions/$code", actionOf("new"), [
    { state: "plan", open: press(act((t) => t.moves["plan"])) },
    {
      state: "plan sent empty",
      open: steps(press(act((t) => t.moves["plan"])), ({ page, language }) =>
        page
          .getByRole("button", { name: actionScreenWords[language].moves["plan"] ?? "", exact: true })
          .last()
          .click(),
      ),
    },
    { state: "decline", open: menu("decline") },
    { state: "planned", path: actionOf("planned") },
    { state: "planned: postpone", path: actionOf("planned"), open: menu("postpone") },
    { state: "doing", path: actionOf("doing") },
    { state: "doing: evidence", path: actionOf("doing"), open: press(act((t) => t.addEvidence)) },
    { state: "doing: finish", path: actionOf("doing"), open: steps(press(act((t) => t.moves["finish"])), dialog) },
    { state: "doing: withdraw", path: actionOf("doing"), open: menu("withdraw") },
    { state: "checking", path: actionOf("checking") },
    {
      state: "checking: confirm",
      path: actionOf("checking"),
      open: steps(press(act((t) => t.moves["confirm"])), dialog),
    },
    { state: "checking: refute", path: actionOf("checking"), open: menu("refute") },
    { state: "proven", path: actionOf("effective") },
    { state: "declined", path: actionOf("declined") },
    { state: "for a nurse", who: "olena", path: actionOf("new") },
    unknown("/actions/ACT-9999"),
  ]),
];

const indicator = (pick: (t: typeof indicatorWords.uk) => string) => press(both(indicatorWords, pick));
const indicators = [
  ...screen("/indicators", inKalyna("/indicators"), [empty("/indicators")]),
  ...screen("/indicators/$code", inKalyna("/indicators/F01"), [
    { state: "days between", path: inKalyna("/indicators/F09") },
    {
      state: "rebase",
      open: steps(
        indicator((t) => t.rebase),
        dialog,
      ),
    },
    {
      state: "settings",
      open: steps(
        indicator((t) => t.settings),
        dialog,
      ),
    },
    { state: "rows of a point", open: indicator((t) => t.rows) },
    { state: "all points", open: indicator((t) => t.all) },
    empty("/indicators/F01"),
    unknown("/indicators/F99"),
  ]),
];

/** Tasks, incidents, actions, indicators and the path between them. */
export const controlViews: readonly View[] = [
  ...tasks,
  ...register,
  ...report,
  ...cases,
  ...caseActions,
  ...path,
  ...actions,
  ...indicators,
];
