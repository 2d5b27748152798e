import { readMe } from "#product/identity/sign-in/contract.ts";
import type { Route } from "#core/contract/route.ts";
import { useLoaded, useRemember, useSend, useSlug, type Sending } from "#web/client/hooks.ts";
import { useRefusal, type Refused } from "#web/kit/use-refusal.ts";
import { useToast } from "#web/kit/toast.tsx";
import { useDraft, type Draft } from "#web/kit/use-draft.ts";
import { useWords } from "#web/kit/words.ts";
import {
  answerReporter,
  closeIncident,
  finishAnalysis,
  investigateIncident,
  readIncident,
  undoIncidentMove,
  type Incident,
} from "../contract.ts";
import { caseWords } from "./case-words.ts";

/** Texts of a case that a person writes over minutes or days: each kept on the device until it is sent. */
export type Drafts = Record<"conclusion" | "noAction" | "noAnalysis" | "answer" | "lesson", Draft>;

export function useDrafts(incident: Incident): Drafts {
  const slug = useSlug();
  const me = useLoaded(readMe);
  const key = (field: string) => `${slug}.${me.person.id}.${incident.code}.${field}`;
  return {
    conclusion: useDraft(key("conclusion"), incident.version),
    noAction: useDraft(key("no-action"), incident.version),
    noAnalysis: useDraft(key("no-analysis"), incident.version),
    answer: useDraft(key("answer"), incident.version),
    lesson: useDraft(key("lesson"), incident.version),
  };
}

/** A step of the case that the page's own buttons make. */
export type CaseStep = {
  send: () => Promise<void>;
  busy: boolean;
  refused: Refused | undefined;
  /** Somebody was faster: both texts are shown, and this sends mine over what is there now. */
  faster: boolean;
  keepMine: () => Promise<void>;
  clear: () => void;
};
export type CaseSteps = Record<"investigate" | "act" | "answer" | "close", CaseStep>;

/** Takes a reply as the case's present state at once: a person's own move must not read as somebody else's change. */
function useTake(code: string, drafts: Drafts): (reply: Incident) => void {
  const remember = useRemember(readIncident, { params: { code } });
  return (reply) => {
    for (const draft of Object.values(drafts)) draft.follow(reply.version);
    remember(reply);
  };
}

/** Says what was done; a move that can be taken back offers it for ten seconds. */
export function useDone(code: string, drafts: Drafts): (name: string, reply: Incident) => void {
  const t = useWords(caseWords);
  const toast = useToast();
  const undo = useSend(undoIncidentMove);
  const take = useTake(code, drafts);
  const reversible = new Set(["investigate", "act", "merge"]);
  const takeBack = async (version: number) => {
    const back = await undo.send({ params: { code }, body: { version } });
    if (!back) return;
    take(back);
    toast.show({ text: t.undone });
  };
  return (name, reply) => {
    take(reply);
    toast.show({
      text: t.done[name] ?? name,
      ...(reversible.has(name) ? { undo: () => void takeBack(reply.version) } : {}),
    });
  };
}

const fasterCodes = new Set(["incident.changed-meanwhile", "incident.moved-meanwhile"]);

/** One step around a route: what it sends is made anew for each press, with the version the writing began from. */
function useStep<R extends Route>(
  sending: Sending<R>,
  o: {
    send: (version: number) => Promise<Incident | undefined>;
    base: number;
    now: number;
    done: (reply: Incident) => void;
  },
): CaseStep {
  const refused = useRefusal(sending.problem);
  const run = async (version: number) => {
    const reply = await o.send(version);
    if (reply) o.done(reply);
  };
  return {
    send: () => run(o.base),
    busy: sending.busy,
    refused,
    faster: refused !== undefined && fasterCodes.has(refused.code),
    keepMine: () => run(o.now),
    clear: sending.clear,
  };
}

const optional = (name: string, text: string) => (text.trim() === "" ? {} : { [name]: text });

/** The steps of a case that its page makes by one button: analysis, its end, the answer, closing. */
export function useCaseSteps(incident: Incident, drafts: Drafts): CaseSteps {
  const { code, version } = incident;
  const params = { code };
  const done = useDone(code, drafts);
  const investigate = useSend(investigateIncident);
  const act = useSend(finishAnalysis);
  const answer = useSend(answerReporter);
  const close = useSend(closeIncident);
  const began = (...of: Draft[]) => Math.min(...of.map((draft) => (draft.text === "" ? version : draft.base)));
  const clear = (...of: Draft[]) => of.forEach((draft) => draft.clear());
  return {
    investigate: useStep(investigate, {
      send: (base) => investigate.send({ params, body: { version: base, team: [] } }),
      base: version,
      now: version,
      done: (reply) => done("investigate", reply),
    }),
    act: useStep(act, {
      send: (base) =>
        act.send({
          params,
          body: {
            version: base,
            ...optional("conclusion", drafts.conclusion.text),
            ...optional("noActionWhy", drafts.noAction.text),
            ...optional("noAnalysisWhy", drafts.noAnalysis.text),
          },
        }),
      base: began(drafts.conclusion, drafts.noAction, drafts.noAnalysis),
      now: version,
      done: (reply) => {
        clear(drafts.conclusion, drafts.noAction, drafts.noAnalysis);
        done("act", reply);
      },
    }),
    answer: useStep(answer, {
      send: (base) => answer.send({ params, body: { version: base, answer: drafts.answer.text } }),
      base: began(drafts.answer),
      now: version,
      done: (reply) => {
        clear(drafts.answer);
        done("answer", reply);
      },
    }),
    close: useStep(close, {
      send: (base) => close.send({ params, body: { version: base, lesson: drafts.lesson.text } }),
      base: began(drafts.lesson),
      now: version,
      done: (reply) => {
        clear(drafts.lesson);
        done("close", reply);
      },
    }),
  };
}

/** The case of the address; refetched when the server says it changed. */
export const useCase = (code: string): Incident => useLoaded(readIncident, { params: { code } });
