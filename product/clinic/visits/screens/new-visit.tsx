import { useHolds } from "#product/identity/sign-in/screens/embed.tsx";
import { Button } from "#web/kit/button.tsx";
import { Options } from "#web/kit/choice.tsx";
import { Drawer, WaitingDrawer } from "#web/kit/drawer.tsx";
import { ErrorSummary } from "#web/kit/error-summary.tsx";
import { ChoiceField, TextField } from "#web/kit/field.tsx";
import { Form } from "#web/kit/form.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { useWords } from "#web/kit/words.ts";
import { Suspense, useState } from "react";
import { visitKinds, type VisitRow } from "../contract.ts";
import { FindPatient } from "./find-patient.tsx";
import { NewPatient } from "./new-patient.tsx";
import { newVisitWords } from "./new-visit-words.ts";
import { useNewVisit, useVisitParts, type NewVisit, type VisitParts } from "./use-new-visit.ts";

type Props = { onClose: () => void; onOpened: (visit: VisitRow) => void };

/** Opens a visit at the desk or in the room: who came, for what, to whom, where and when. */
export function NewVisitDrawer(props: Props) {
  const t = useWords(newVisitWords);
  return (
    <Suspense fallback={<WaitingDrawer title={t.title} onClose={props.onClose} />}>
      <Opened {...props} />
    </Suspense>
  );
}

function Opened({ onClose, onOpened }: Props) {
  const t = useWords(newVisitWords);
  const parts = useVisitParts();
  const visit = useNewVisit(parts, onOpened);
  const { asked, change, attempt, problems, errorOf } = visit;
  const send = () => void visit.send();
  return (
    <Drawer
      open
      onClose={onClose}
      title={t.title}
      foot={
        <>
          <Button kind="primary" busy={visit.busy} onClick={send}>
            {t.send}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {t.cancel}
          </Button>
        </>
      }
    >
      <Form label={t.title} onSend={send}>
        <ErrorSummary problems={problems} attempt={attempt} />
        <Patient asked={asked} change={change} error={errorOf("patient")} />
        <Parts parts={parts} asked={asked} change={change} errorOf={errorOf} />
        <TextField
          id="at"
          type="datetime-local"
          label={t.at}
          hint={t.atHint}
          value={visit.at}
          {...faced(errorOf("at"))}
          onChange={(event) => event.currentTarget.value && change({ at: event.currentTarget.value })}
        />
        <Options
          label={t.kind}
          value={asked.kind}
          onChange={(kind) => change({ kind })}
          options={visitKinds.map((value) => ({ value, label: t.kinds[value] }))}
        />
        <Refusal refused={visit.refused} />
      </Form>
    </Drawer>
  );
}

const faced = (error: string | undefined) => (error === undefined ? {} : { error });

type Changing = { asked: NewVisit; change: (change: Partial<NewVisit>) => void };

function Patient({ asked, change, error }: Changing & { error: string | undefined }) {
  const t = useWords(newVisitWords);
  const holds = useHolds();
  const [making, setMaking] = useState(false);
  const [alike, setAlike] = useState(0);
  if (making)
    return (
      <>
        <NewPatient
          onMade={(patient, found) => {
            setAlike(found);
            setMaking(false);
            change({ patient });
          }}
        />
        <div>
          <Button kind="quiet" onClick={() => setMaking(false)}>
            {t.backToSearch}
          </Button>
        </div>
      </>
    );
  return (
    <>
      <FindPatient value={asked.patient} onChange={(patient) => change({ patient })} {...faced(error)} />
      {alike > 0 && (
        <p className="q-meta q-warn" role="alert">
          {t.alike(alike)}
        </p>
      )}
      {holds("patient:register") && (
        <div>
          <Button kind="quiet" onClick={() => setMaking(true)}>
            {t.newPatient}
          </Button>
        </div>
      )}
    </>
  );
}

type PartsProps = Changing & {
  parts: VisitParts;
  errorOf: (field: "service" | "member" | "site") => string | undefined;
};

function Parts({ parts: { services, members, sites }, asked, change, errorOf }: PartsProps) {
  const t = useWords(newVisitWords);
  const { language } = useLanguage();
  const nameOf = (one: (typeof services)[number]) => (language === "en" ? (one.nameEn ?? one.nameUk) : one.nameUk);
  return (
    <>
      <ChoiceField
        id="service"
        label={t.service}
        searchable
        nothing={services.length === 0 ? t.noServices : t.serviceNone}
        value={asked.serviceId}
        {...faced(errorOf("service"))}
        onChange={(serviceId) => {
          const siteId = services.find((one) => one.id === serviceId)?.siteId;
          change({ serviceId, ...(siteId ? { siteId } : {}) });
        }}
        options={services.map((one) => ({
          value: one.id,
          label: one.department ? `${nameOf(one)} · ${one.department}` : nameOf(one),
        }))}
      />
      <ChoiceField
        id="member"
        label={t.member}
        searchable
        nothing={t.memberNone}
        value={asked.memberId}
        {...faced(errorOf("member"))}
        onChange={(memberId) => change({ memberId })}
        options={members.map((one) => ({
          value: one.id,
          label: one.position ? `${one.name}, ${one.position}` : one.name,
        }))}
      />
      <ChoiceField
        id="site"
        label={t.site}
        value={asked.siteId}
        {...faced(errorOf("site"))}
        onChange={(siteId) => change({ siteId })}
        options={sites.map((one) => ({ value: one.id, label: one.name }))}
      />
    </>
  );
}
