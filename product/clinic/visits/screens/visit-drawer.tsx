import { useHolds } from "#product/identity/sign-in/screens/embed.tsx";
import { useLoaded, useSend } from "#web/client/hooks.ts";
import { Button } from "#web/kit/button.tsx";
import { Switch } from "#web/kit/choice.tsx";
import { Drawer, WaitingDrawer } from "#web/kit/drawer.tsx";
import { Facts } from "#web/kit/facts.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { Section } from "#web/kit/section.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useRefusal } from "#web/kit/use-refusal.ts";
import { useWords } from "#web/kit/words.ts";
import type { ReplyOf } from "#core/contract/route.ts";
import { Suspense, useState } from "react";
import { readVisit, setNeverSurvey } from "../contract.ts";
import { visitWords } from "../words.ts";
import { FinishDialog, ReopenDialog } from "./visit-dialogs.tsx";
import "./visits.css";

type Visit = ReplyOf<typeof readVisit>;

const letterGone = ({ invitation }: Visit): boolean => invitation === "sent" || invitation === "closed";

type Props = { code: string; onClose: () => void };

/** One visit beside the list: who, when, what was found and done, and the letter that follows. */
export function VisitDrawer(props: Props) {
  return (
    <Suspense fallback={<WaitingDrawer title={props.code} onClose={props.onClose} />}>
      <Opened {...props} />
    </Suspense>
  );
}

function Opened({ code, onClose }: Props) {
  const t = useWords(visitWords);
  const holds = useHolds();
  const visit = useLoaded(readVisit, { params: { code } });
  const [asking, setAsking] = useState<"finish" | "reopen">();
  const close = () => setAsking(undefined);
  const changes = holds("visit:write") && (visit.state === "open" || visit.state === "draft");
  const reopens = visit.source === "native" && !letterGone(visit);
  return (
    <Drawer
      open
      onClose={onClose}
      title={code}
      aside={
        <span className="q-muted">{visit.state === "voided" ? t.voided : visit.endedAt ? t.done : t.running}</span>
      }
      foot={
        !changes ? undefined : visit.endedAt === null ? (
          <Button kind="primary" onClick={() => setAsking("finish")}>
            {t.finish}
          </Button>
        ) : reopens ? (
          <Button onClick={() => setAsking("reopen")}>{t.reopen}</Button>
        ) : undefined
      }
    >
      <VisitFacts visit={visit} />
      <Letter visit={visit} mayWrite={holds("visit:write")} />
      <Found visit={visit} />
      {asking === "finish" && <FinishDialog visit={visit} onClose={close} />}
      {asking === "reopen" && <ReopenDialog code={code} onClose={close} />}
    </Drawer>
  );
}

function VisitFacts({ visit }: { visit: Visit }) {
  const t = useWords(visitWords);
  const format = useFormat();
  const start = format.dayTime(visit.startedAt);
  return (
    <Facts
      rows={[
        [t.patient, visit.patient.name || t.noName],
        [t.when, visit.endedAt ? t.until(start, format.time(visit.endedAt)) : start],
        [t.service, visit.service],
        [t.department, visit.department ?? "–"],
        [t.who, visit.member.name],
        [t.source, t.sources[visit.source]],
      ]}
    />
  );
}

/** What the patient gets afterwards. Whether a letter was answered is shown to nobody. */
function Letter({ visit, mayWrite }: { visit: Visit; mayWrite: boolean }) {
  const t = useWords(visitWords);
  const set = useSend(setNeverSurvey);
  const refused = useRefusal(set.problem);
  return (
    <Section title={t.invitation} remark={t.invitations[visit.invitation]}>
      {mayWrite ? (
        <Switch
          label={t.neverSwitch}
          checked={visit.neverSurvey}
          onChange={(neverSurvey) => void set.send({ params: { code: visit.code }, body: { neverSurvey } })}
        />
      ) : (
        visit.neverSurvey && <p>{t.never}</p>
      )}
      {(mayWrite || visit.neverSurvey) && <p className="q-meta">{letterGone(visit) ? t.neverLate : t.neverWhy}</p>}
      <Refusal refused={refused} />
    </Section>
  );
}

function Found({ visit }: { visit: Visit }) {
  const t = useWords(visitWords);
  const format = useFormat();
  return (
    <>
      <Section
        title={t.diagnoses}
        remark={visit.diagnoses.length > 0 ? format.number(visit.diagnoses.length) : undefined}
      >
        {visit.diagnoses.length === 0 && <p className="q-muted">{t.noDiagnoses}</p>}
        <ul className="q-visit-list">
          {visit.diagnoses.map((one, at) => (
            <li key={`${one.code}-${at}`}>
              <span className="q-code">{one.code}</span> {one.title}
              {one.outsideVisit && <span className="q-meta"> {t.outside}</span>}
            </li>
          ))}
        </ul>
      </Section>
      <Section
        title={t.procedures}
        remark={visit.procedures.length > 0 ? format.number(visit.procedures.length) : undefined}
      >
        {visit.procedures.length === 0 && <p className="q-muted">{t.noProcedures}</p>}
        <ul className="q-visit-list">
          {visit.procedures.map((one, at) => (
            <li key={`${one.code}-${at}`}>
              <span className="q-code">{one.code}</span> {one.title}{" "}
              <span className="q-meta">
                {format.dayTime(one.startedAt)}
                {one.outsideVisit && `, ${t.outside}`}
              </span>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
