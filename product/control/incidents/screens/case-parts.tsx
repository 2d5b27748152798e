import { useSlug } from "#web/client/hooks.ts";
import { useStrength, useActionWords } from "#product/control/actions/screens/embed.tsx";
import { FactGrid } from "#web/kit/facts.tsx";
import { Go } from "#web/kit/go.tsx";
import { HarmMeter } from "#web/kit/harm.tsx";
import { Person } from "#web/kit/person.tsx";
import { Section } from "#web/kit/section.tsx";
import { Table, type Column } from "#web/kit/table.tsx";
import { Tag, type Tone } from "#web/kit/tag.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import type { Incident } from "../contract.ts";
import type { Level } from "../states.ts";
import { caseWords } from "./case-words.ts";
import { HarmOf, useIncidentWords } from "./embed.tsx";

/** What happened, where, and who said so. */
export function StoryPart({ incident }: { incident: Incident }) {
  const t = useWords(caseWords);
  const format = useFormat();
  const where = new Set([incident.place, incident.department].filter(Boolean));
  const when = incident.dayOnly
    ? format.nearDay(incident.when)
    : `${format.nearDay(incident.when)}, ${format.time(incident.when)}`;
  const who = incident.reporter ?? t.mode[incident.reporterMode];
  return (
    <Section title={t.happened} remark={[when, ...where, who].join(" · ")}>
      <p className="q-text-wide">{incident.story ?? t.story}</p>
      {incident.doneAtOnce && (
        <p className="q-text-wide">
          <span className="q-muted">{t.doneAtOnce}</span> {incident.doneAtOnce}
        </p>
      )}
    </Section>
  );
}

const levelTone: Record<Level, Tone> = { green: "ok", amber: "warn", red: "bad" };

/** What triage decided; before it, that it is still to come. */
export function TriagePart({ incident }: { incident: Incident }) {
  const t = useWords(caseWords);
  const names = useIncidentWords();
  const format = useFormat();
  if (!incident.level)
    return (
      <Section rule title={t.triage}>
        <p className="q-muted">{t.notTriaged}</p>
      </Section>
    );
  const sub = incident.subtype ? `: ${names.subtypes[incident.subtype] ?? incident.subtype}` : "";
  const tell = incident.clocks.find((clock) => clock.kind === "incident.tell-patient" && !clock.stoppedAt);
  const told = incident.patientToldAt
    ? t.told(format.nearDay(incident.patientToldAt))
    : tell
      ? t.tellBy(format.nearDay(tell.dueAt))
      : t.tell[incident.tellPatient ?? "n/a"];
  return (
    <Section rule title={t.triage}>
      <FactGrid
        rows={[
          [t.facts.type, incident.type ? `${names.types[incident.type]}${sub}` : "–"],
          [t.facts.harm, <HarmOf key="harm" harm={incident.harm} nearMiss={incident.nearMiss} />],
          [
            t.facts.potential,
            incident.potentialHarm ? <HarmMeter key="potential" harm={incident.potentialHarm} /> : "–",
          ],
          [t.facts.likelihood, incident.likelihood ? names.likelihoods[incident.likelihood] : "–"],
          [
            t.facts.level,
            <span key="level" className="q-row">
              <Tag tone={levelTone[incident.level]}>{names.levels[incident.level]}</Tag>
              <span className="q-meta">{t.computed}</span>
            </span>,
          ],
          [t.facts.tell, incident.tellPatientWhy ? `${told}: ${incident.tellPatientWhy}` : told],
          [t.facts.access, t.access[incident.restricted ? "restricted" : "normal"]],
          [t.facts.lead, incident.owner ? <Person key="lead" withName name={incident.owner.name} /> : "–"],
        ]}
      />
    </Section>
  );
}

type ActionOfCase = Incident["actions"][number];

function useActionColumns(): Column<ActionOfCase>[] {
  const t = useWords(caseWords);
  const names = useActionWords();
  const strength = useStrength();
  const format = useFormat();
  const slug = useSlug();
  const state = (name: string) => new Map<string, string>(Object.entries(names.states)).get(name) ?? name;
  return [
    {
      key: "code",
      head: t.actionColumns.code,
      width: 88,
      from: "tablet",
      render: (one) => <span className="q-code">{one.code}</span>,
    },
    {
      key: "what",
      head: t.actionColumns.what,
      names: true,
      render: (one) => <Go to={`/c/${slug}/actions/${one.code}`}>{one.title}</Go>,
    },
    { key: "state", head: t.actionColumns.state, width: 124, render: (one) => state(one.state) },
    {
      key: "strength",
      head: t.actionColumns.strength,
      width: 88,
      from: "tablet",
      render: (one) => (
        <span className={one.strength === "weak" ? "q-muted" : undefined}>{strength(one.strength)}</span>
      ),
    },
    {
      key: "who",
      head: t.actionColumns.who,
      width: 48,
      from: "tablet",
      render: (one) => (one.owner ? <Person name={one.owner.name} /> : "–"),
    },
    {
      key: "due",
      head: t.actionColumns.due,
      width: 80,
      from: "tablet",
      render: (one) => (one.dueOn ? format.nearDay(one.dueOn) : "–"),
    },
    {
      key: "effect",
      head: t.actionColumns.effect,
      width: 104,
      from: "desktop",
      muted: true,
      render: (one) => (one.effect && one.checkOn ? `${one.effect}, ${format.day(one.checkOn)}` : "–"),
    },
  ];
}

/** What is done about it; a proposal can be added at any time. */
export function ActionsPart({ incident, rule = true }: { incident: Incident; rule?: boolean }) {
  const t = useWords(caseWords);
  const slug = useSlug();
  const columns = useActionColumns();
  return (
    <Section
      id="part-actions"
      rule={rule}
      title={t.actions}
      aside={
        <Go className="q-no-print" to={`/c/${slug}/actions/new?incident=${incident.code}`}>
          {t.propose}
        </Go>
      }
    >
      {incident.actions.length === 0 ? (
        <p className="q-muted">{t.noActions}</p>
      ) : (
        <Table
          label={t.actions}
          rows={incident.actions}
          columns={columns}
          keyOf={(one) => one.id}
          nameOf={(one) => one.title}
          rowHeight={32}
        />
      )}
    </Section>
  );
}
