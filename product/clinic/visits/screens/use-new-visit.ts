import { listMembers } from "#product/clinic/members/contract.ts";
import { listServices } from "#product/clinic/services/contract.ts";
import { listSites } from "#product/clinic/sites/contract.ts";
import { useMyMember } from "#product/identity/sign-in/screens/embed.tsx";
import { useAhead, useLoaded, useSend } from "#web/client/hooks.ts";
import type { FieldProblem } from "#web/kit/error-summary.tsx";
import type { Found } from "#web/kit/find-field.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { useToast } from "#web/kit/toast.tsx";
import { useNow } from "#web/kit/use-now.ts";
import { useRefusal, type Refused } from "#web/kit/use-refusal.ts";
import { useWords } from "#web/kit/words.ts";
import { instantIn, wallIn } from "#web/kit/zoned.ts";
import { useMemo, useState } from "react";
import { openVisit, undoOpenVisit, type VisitKind, type VisitRow } from "../contract.ts";
import { newVisitWords } from "./new-visit-words.ts";

export type NewVisit = {
  patient: Found | null;
  serviceId: string | null;
  memberId: string | null;
  siteId: string | null;
  /** Wall clock of the clinic; null as long as it is "now". */
  at: string | null;
  kind: VisitKind;
};
export type NewVisitField = "patient" | "service" | "member" | "site" | "at";
const dayMs = 86_400_000;
const minuteMs = 60_000;

/** Which field a refusal of the server is about. */
const fieldOf: Record<string, NewVisitField> = {
  "patient.unknown": "patient",
  "service.unknown": "service",
  "member.unknown": "member",
  "site.unknown": "site",
  "visit.start": "at",
};

/** People who see patients: by their types, and those who came with an import and have none. */
function useSeers() {
  const seers = ["doctor", "nurse", "lab"];
  return useLoaded(listMembers).filter(
    (one) => one.state === "outside" || (one.state === "active" && one.types.some((type) => seers.includes(type))),
  );
}

/** What a visit can be made of, and what stands in the form before anybody typed. */
export function useVisitParts() {
  useAhead(listServices);
  useAhead(listSites);
  const members = useSeers();
  const { items: services } = useLoaded(listServices);
  const { items: sites } = useLoaded(listSites);
  const me = useMyMember();
  const own = members.find((one) => one.id === me)?.id ?? null;
  const [only] = sites;
  return { members, services, sites, own, onlySite: sites.length === 1 && only ? only.id : null };
}
export type VisitParts = ReturnType<typeof useVisitParts>;

function wrongIn(asked: NewVisit, o: { isStartWrong: boolean; t: typeof newVisitWords.uk }): FieldProblem[] {
  const { missing } = o.t;
  return [
    ...(asked.patient ? [] : [{ field: "patient", text: missing.patient }]),
    ...(asked.serviceId ? [] : [{ field: "service", text: missing.service }]),
    ...(asked.memberId ? [] : [{ field: "member", text: missing.member }]),
    ...(asked.siteId ? [] : [{ field: "site", text: missing.site }]),
    ...(o.isStartWrong ? [{ field: "at", text: o.t.atWrong }] : []),
  ];
}

const fieldsOf = (refused: Refused | undefined): readonly FieldProblem[] => {
  const field = refused ? fieldOf[refused.code] : undefined;
  return refused && field ? [{ field, text: refused.text }] : (refused?.fields ?? []);
};

/** A visit that is being opened: nothing of it lies on the device, since it names a patient. */
export function useNewVisit(parts: VisitParts, onOpened: (visit: VisitRow) => void) {
  const t = useWords(newVisitWords);
  const { timeZone } = useLanguage();
  const now = useNow();
  const [asked, setAsked] = useState<NewVisit>({
    patient: null,
    serviceId: null,
    memberId: parts.own,
    siteId: parts.onlySite,
    at: null,
    kind: "repeat",
  });
  const [attempt, setAttempt] = useState(0);
  // one key for one filled form: a second press after a lost answer must not open a second visit
  // oxlint-disable-next-line react/exhaustive-deps -- another form is another visit
  const key = useMemo(() => crypto.randomUUID(), [asked]);
  const open = useSend(openVisit);
  const undo = useUndoOpen();
  const refused = useRefusal(open.problem);
  const startedAt = asked.at === null ? undefined : instantIn(asked.at, timeZone);
  const ago = startedAt === undefined ? 0 : now.getTime() - Date.parse(startedAt);
  const wrong = wrongIn(asked, { isStartWrong: ago < -minuteMs || ago > dayMs, t });
  const problems = attempt > 0 ? (wrong.length > 0 ? wrong : fieldsOf(refused)) : [];
  const send = async () => {
    setAttempt(attempt + 1);
    const { patient, serviceId, memberId, siteId, kind } = asked;
    if (open.busy || wrong.length > 0 || !patient || !serviceId || !memberId || !siteId) return;
    const body = { patientId: patient.value, serviceId, memberId, siteId, kind, ...(startedAt ? { startedAt } : {}) };
    const made = await open.send({ key, body });
    if (!made) return;
    undo(made.code);
    onOpened(made);
  };
  return {
    asked,
    change: (change: Partial<NewVisit>) => setAsked({ ...asked, ...change }),
    at: asked.at ?? wallIn(now, timeZone),
    attempt,
    problems,
    errorOf: (field: NewVisitField) => problems.find((one) => one.field === field)?.text,
    refused: problems.length > 0 ? undefined : refused,
    busy: open.busy,
    send,
  };
}

/** Says that a visit is open, and takes it back for ten seconds. */
function useUndoOpen(): (code: string) => void {
  const t = useWords(newVisitWords);
  const toast = useToast();
  const undo = useSend(undoOpenVisit);
  const takeBack = async (code: string) => {
    const back = await undo.send({ params: { code }, body: {} });
    toast.show({ text: back ? t.undone(code) : t.undoLate(code) });
  };
  return (code) => toast.show({ text: t.opened(code), undo: () => void takeBack(code) });
}
