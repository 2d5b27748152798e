import { listMembers } from "#product/clinic/members/contract.ts";
import { readMe } from "#product/identity/sign-in/contract.ts";
import { useLoaded, useMaybe, useSend } from "#web/client/hooks.ts";
import { useRefusal } from "#web/kit/use-refusal.ts";
import { Button } from "#web/kit/button.tsx";
import { Check, Options } from "#web/kit/choice.tsx";
import { Drawer } from "#web/kit/drawer.tsx";
import { ErrorSummary } from "#web/kit/error-summary.tsx";
import { ChoiceField, TextAreaField } from "#web/kit/field.tsx";
import { Form } from "#web/kit/form.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { Tag } from "#web/kit/tag.tsx";
import { useWords } from "#web/kit/words.ts";
import { useState } from "react";
import { triageIncident, type Incident } from "../contract.ts";
import {
  harms,
  levelOf,
  likelihoods,
  restrictedTypes,
  subtypes,
  types,
  type Harm,
  type IncidentType,
  type Likelihood,
} from "../states.ts";
import { caseWords } from "./case-words.ts";
import { useIncidentWords } from "./embed.tsx";
import { useDone, type Drafts } from "./use-case.ts";

const tells = ["yes", "no", "n/a"] as const;
type Tell = (typeof tells)[number];
type Asked = {
  type: IncidentType | null;
  subtype: string;
  nearMiss: boolean;
  actualHarm: Harm | null;
  potentialHarm: Harm | null;
  likelihood: Likelihood | null;
  tellPatient: Tell | null;
  tellPatientWhy: string;
  restricted: boolean;
  leadId: string | null;
};
type TriageProps = { incident: Incident; drafts: Drafts; close: () => void };
const needed = ["type", "actualHarm", "potentialHarm", "likelihood", "tellPatient", "leadId"] as const;

/** What triage still lacks, in the order of the form; complete once nothing is left. */
const lacking = (asked: Asked) => needed.filter((field) => asked[field] === null);

function useTriage({ incident, drafts, close }: TriageProps) {
  const members = useMaybe(listMembers) ?? [];
  const me = useLoaded(readMe);
  const triage = useSend(triageIncident);
  const done = useDone(incident.code, drafts);
  // the version this form was opened on: if somebody triages meanwhile, the server says so
  const [version] = useState(incident.version);
  const [asked, setAsked] = useState<Asked>({
    type: incident.type,
    subtype: "",
    nearMiss: incident.nearMiss,
    actualHarm: incident.nearMiss ? "none" : incident.harm,
    potentialHarm: null,
    likelihood: null,
    tellPatient: incident.nearMiss ? "n/a" : null,
    tellPatientWhy: "",
    restricted: incident.restricted,
    leadId: null,
  });
  const own = members.find((one) => one.name === me.person.name)?.id ?? null;
  const filled = { ...asked, leadId: asked.leadId ?? own };
  const send = async () => {
    const { type, actualHarm, potentialHarm, likelihood, tellPatient, leadId } = filled;
    if (!type || !actualHarm || !potentialHarm || !likelihood || !tellPatient || !leadId) return;
    const reply = await triage.send({
      params: { code: incident.code },
      body: {
        version,
        type,
        nearMiss: filled.nearMiss,
        actualHarm,
        potentialHarm,
        likelihood,
        tellPatient,
        restricted: filled.restricted,
        leadId,
        ...(filled.subtype ? { subtype: filled.subtype } : {}),
        ...(filled.tellPatientWhy.trim() ? { tellPatientWhy: filled.tellPatientWhy } : {}),
      },
    });
    if (!reply) return;
    done("triage", reply);
    close();
  };
  return {
    asked: filled,
    change: (change: Partial<Asked>) => setAsked({ ...asked, ...change }),
    members: members.filter((one) => one.state === "active"),
    send,
    busy: triage.busy,
    refused: useRefusal(triage.problem),
  };
}

/** Kind, harm, likelihood, telling the patient, lead: what the level and the deadlines follow from. */
export function TriageDrawer({ incident, drafts, close }: TriageProps) {
  const t = useWords(caseWords);
  const { asked, change, members, send, busy, refused } = useTriage({ incident, drafts, close });
  const [attempt, setAttempt] = useState(0);
  const missing = attempt > 0 ? lacking(asked) : [];
  const press = () => {
    setAttempt(attempt + 1);
    if (lacking(asked).length === 0) void send();
  };
  const names = {
    type: t.facts.type,
    actualHarm: t.facts.harm,
    potentialHarm: t.facts.potential,
    likelihood: t.facts.likelihood,
    tellPatient: t.facts.tell,
    leadId: t.facts.lead,
  };
  const errorOf = (field: (typeof needed)[number]) => (missing.includes(field) ? t.form.missing : undefined);
  return (
    <Drawer
      open
      onClose={close}
      title={t.form.triageTitle}
      foot={
        <>
          <Button kind="primary" busy={busy} onClick={press}>
            {t.moves["triage"] ?? ""}
          </Button>
          <Button kind="quiet" onClick={close}>
            {t.form.leaveAs}
          </Button>
        </>
      }
    >
      <Form label={t.form.triageTitle} onSend={press}>
        <ErrorSummary
          attempt={attempt}
          problems={missing.map((field) => ({ field, text: `${names[field]}: ${t.form.missing}` }))}
        />
        <Refusal refused={refused} />
        <KindFields asked={asked} change={change} error={errorOf("type")} />
        <HarmFields asked={asked} change={change} errorOf={errorOf} />
        <Options
          label={t.facts.tell}
          value={asked.tellPatient}
          onChange={(tellPatient) => change({ tellPatient })}
          error={errorOf("tellPatient")}
          options={tells.map((one) => ({ value: one, label: t.tell[one] }))}
        />
        {asked.tellPatient === "no" && (
          <TextAreaField
            label={t.form.tellWhy}
            value={asked.tellPatientWhy}
            onChange={(event) => change({ tellPatientWhy: event.target.value })}
          />
        )}
        <ChoiceField
          id="leadId"
          label={t.facts.lead}
          searchable
          value={asked.leadId}
          error={errorOf("leadId")}
          onChange={(leadId) => change({ leadId })}
          options={members.map((one) => ({ value: one.id, label: one.name }))}
        />
      </Form>
    </Drawer>
  );
}

type PartProps = { asked: Asked; change: (change: Partial<Asked>) => void };

function KindFields({ asked, change, error }: PartProps & { error: string | undefined }) {
  const t = useWords(caseWords);
  const names = useIncidentWords();
  const finer = asked.type ? (subtypes[asked.type] ?? []) : [];
  return (
    <>
      <ChoiceField
        id="type"
        label={t.facts.type}
        value={asked.type}
        error={error}
        onChange={(value) => {
          const type = types.find((one) => one === value) ?? null;
          change({ type, subtype: "", restricted: type !== null && restrictedTypes.includes(type) });
        }}
        options={types.map((type) => ({ value: type, label: names.types[type] }))}
      />
      {finer.length > 0 && (
        <ChoiceField
          label={t.form.subtype}
          value={asked.subtype === "" ? null : asked.subtype}
          onChange={(subtype) => change({ subtype: subtype ?? "" })}
          options={finer.map((one) => ({ value: one, label: names.subtypes[one] ?? one }))}
        />
      )}
      <Check
        label={t.form.nearMiss}
        checked={asked.nearMiss}
        onChange={(nearMiss) => change({ nearMiss, ...(nearMiss ? { actualHarm: "none" } : {}) })}
      />
      <Check label={t.form.restricted} checked={asked.restricted} onChange={(restricted) => change({ restricted })} />
    </>
  );
}

type HarmProps = PartProps & { errorOf: (field: (typeof needed)[number]) => string | undefined };

function HarmFields({ asked, change, errorOf }: HarmProps) {
  const t = useWords(caseWords);
  const names = useIncidentWords();
  const harmOf = (value: string | null) => harms.find((one) => one === value) ?? null;
  const options = harms.map((harm) => ({ value: harm, label: names.harms[harm] }));
  const { actualHarm, potentialHarm, likelihood, nearMiss } = asked;
  const level =
    actualHarm && potentialHarm && likelihood
      ? levelOf({ actual: actualHarm, potential: potentialHarm, nearMiss, likelihood })
      : undefined;
  return (
    <>
      <ChoiceField
        id="actualHarm"
        label={t.facts.harm}
        value={actualHarm}
        error={errorOf("actualHarm")}
        onChange={(value) => change({ actualHarm: harmOf(value) })}
        options={options}
      />
      <ChoiceField
        id="potentialHarm"
        label={t.facts.potential}
        value={potentialHarm}
        error={errorOf("potentialHarm")}
        onChange={(value) => change({ potentialHarm: harmOf(value) })}
        options={options}
      />
      <ChoiceField
        id="likelihood"
        label={t.facts.likelihood}
        value={likelihood}
        error={errorOf("likelihood")}
        onChange={(value) => change({ likelihood: likelihoods.find((one) => one === value) ?? null })}
        options={likelihoods.map((one) => ({ value: one, label: names.likelihoods[one] }))}
      />
      {level && (
        <p className="q-row" role="status">
          <span className="q-muted">{t.form.levelWill}</span>
          <Tag tone={level === "red" ? "bad" : level === "amber" ? "warn" : "ok"}>{names.levels[level]}</Tag>
        </p>
      )}
    </>
  );
}
