import { Causes } from "#web/kit/causes.tsx";
import { Clock } from "#web/kit/clock.tsx";
import { Due } from "#web/kit/due.tsx";
import { FactGrid } from "#web/kit/facts.tsx";
import { HarmMeter, type Harm } from "#web/kit/harm.tsx";
import { kitWords } from "#web/kit/kit-words.ts";
import { PathSteps } from "#web/kit/path-steps.tsx";
import { Person } from "#web/kit/person.tsx";
import { Section } from "#web/kit/section.tsx";
import { Stepper } from "#web/kit/stepper.tsx";
import { Tag } from "#web/kit/tag.tsx";
import { Timeline } from "#web/kit/timeline.tsx";
import { AssuranceIcon, VariationIcon, type Assurance, type Variation } from "#web/kit/variation.tsx";
import { VisitStateMark, type VisitState } from "#web/kit/visit-state.tsx";
import { useWords } from "#web/kit/words.ts";
import {
  IconAlertTriangle,
  IconChartLine,
  IconFileText,
  IconMessageCircle,
  IconTargetArrow,
  IconZoomQuestion,
} from "@tabler/icons-react";
import { kitPageWords } from "./words.ts";

const visits: readonly VisitState[] = [
  "planned",
  "confirmed",
  "arrived",
  "in-room",
  "done",
  "no-show",
  "cancelled",
  "held",
];
const harms: readonly Harm[] = ["not-reached", "none", "low", "moderate", "severe", "death"];
const variations: readonly Variation[] = [
  "common",
  "better-high",
  "better-low",
  "worse-high",
  "worse-low",
  "neutral-high",
  "neutral-low",
];
const assurances: readonly Assurance[] = ["pass", "fail", "mixed", "none"];
const tokens = ["canvas", "surface", "raised", "text", "muted", "line", "divider", "primary-fill", "ok", "warn", "bad"];
const pathIcons = [
  IconMessageCircle,
  IconAlertTriangle,
  IconZoomQuestion,
  IconTargetArrow,
  IconFileText,
  IconChartLine,
] as const;

/** The product's own signs: states, harm, variation, deadlines, and how a case is told. */
export function Marks() {
  const t = useWords(kitPageWords);
  return (
    <>
      <Section title={t.visitStates}>
        <ul className="q-kit-grid">
          {visits.map((state) => (
            <li key={state}>
              <VisitStateMark state={state} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t.harm}>
        <div className="q-row q-kit-wide">
          {harms.map((harm) => (
            <HarmMeter key={harm} harm={harm} />
          ))}
        </div>
      </Section>
      <Icons />
      <Section title={t.due}>
        <div className="q-row q-kit-wide">
          <Due state="ahead">{t.dueAhead}</Due>
          <Due state="today">{t.dueToday}</Due>
          <Due state="past">{t.duePast}</Due>
        </div>
      </Section>
      <Colours />
    </>
  );
}

function Icons() {
  const t = useWords(kitPageWords);
  const words = useWords(kitWords);
  return (
    <Section title={t.variation}>
      <ul className="q-kit-icons">
        {variations.map((of) => (
          <li key={of}>
            <VariationIcon of={of} />
            <VariationIcon of={of} size={16} />
            <span aria-hidden>{words.variation[of]}</span>
          </li>
        ))}
        {assurances.map((of) => (
          <li key={of}>
            <AssuranceIcon of={of} />
            <AssuranceIcon of={of} size={16} />
            <span aria-hidden>{words.assurance[of]}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Colours() {
  const t = useWords(kitPageWords);
  return (
    <Section title={t.colours}>
      <ul className="q-kit-colours">
        {tokens.map((token, at) => (
          <li key={token}>
            <span style={{ background: `var(--q-${token})` }} />
            {t.colourNames[at]}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** One case told whole: stepper, triage, causes, clocks, timeline, path. */
export function Story() {
  const t = useWords(kitPageWords);
  const [one, two, three, four] = t.why;
  return (
    <>
      <Section title={t.stepper}>
        <Stepper
          label={t.stepper}
          current={2}
          steps={t.steps.map((name, at) => ({
            name,
            when: at === 0 ? "14:20" : at === 1 ? "15:05" : at === 2 ? t.since : undefined,
          }))}
        />
      </Section>
      <Section
        title={t.facts}
        aside={
          <button type="button" className="q-text-button">
            {t.change}
          </button>
        }
      >
        <FactGrid
          rows={[
            [t.factRows.type, t.factValues.type],
            [t.factRows.real, <HarmMeter key="real" harm="none" />],
            [t.factRows.possible, <HarmMeter key="possible" harm="moderate" />],
            [t.factRows.again, t.factValues.again],
            [
              t.factRows.level,
              <Tag key="level" tone="warn" icon={null}>
                {t.factValues.level}
              </Tag>,
            ],
            [t.factRows.access, t.factValues.access],
            [t.factRows.owner, <Person key="owner" name="Марта Дзвін" withName />],
          ]}
        />
      </Section>
      <Section title={t.causes} remark={t.causesRemark} rule>
        <Causes
          label={t.causes}
          causes={[
            {
              id: "1",
              text: one,
              causes: [
                {
                  id: "2",
                  text: two,
                  causes: [
                    {
                      id: "3",
                      text: three,
                      causes: [{ id: "4", text: four, mark: <Tag tone="primary">{t.causeTag}</Tag> }],
                    },
                  ],
                },
              ],
            },
          ]}
        />
      </Section>
      <Section title={t.path} rule>
        <PathSteps
          label={t.path}
          steps={pathIcons.map((icon, at) => ({
            icon,
            name: t.pathSteps[at] ?? "",
            when: t.pathWhen[at] ?? "",
            effect: at === pathIcons.length - 1,
          }))}
        />
      </Section>
    </>
  );
}

/** What stands in a side column: clocks and timeline. */
export function StorySide() {
  const t = useWords(kitPageWords);
  return (
    <>
      <Section title={t.clocks}>
        <Clock name={t.clock.triage} when={t.stopped} state="stopped" used={1} />
        <Clock name={t.clock.analysis} when={t.dueAhead} state="running" used={0.06} />
        <Clock name={t.clock.answer} when={t.dueToday} state="today" used={0.9} />
        <Clock name={t.clock.patient} when={t.duePast} state="past" used={1} />
      </Section>
      <Section title={t.timeline}>
        <Timeline
          label={t.timeline}
          entries={[
            { id: "1", when: "15:20", who: "Марта Дзвін", title: t.added },
            { id: "2", when: "15:05", who: "Олена Гай", title: t.triaged },
            { id: "3", when: "14:20", title: t.reported },
          ]}
        />
      </Section>
    </>
  );
}
