import { useSlug } from "#web/client/hooks.ts";
import { Clock } from "#web/kit/clock.tsx";
import { Go } from "#web/kit/go.tsx";
import { Icon } from "#web/kit/icon.tsx";
import { Section } from "#web/kit/section.tsx";
import { Timeline } from "#web/kit/timeline.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useNow } from "#web/kit/use-now.ts";
import { useWords } from "#web/kit/words.ts";
import { IconAntennaBars5, IconMessageCircle, IconQrcode, IconUser, type Icon as IconShape } from "@tabler/icons-react";
import type { Incident } from "../contract.ts";
import { caseWords } from "./case-words.ts";
import { useDueState, useIncidentWords } from "./embed.tsx";
import { useLasted } from "./lasted.ts";

/** Beside the case: its deadlines, its history, and where it came from. */
export function CaseSide({ incident }: { incident: Incident }) {
  const t = useWords(caseWords);
  return (
    <>
      <Clocks incident={incident} />
      <History incident={incident} />
      <Section title={t.related}>
        <Related incident={incident} />
      </Section>
    </>
  );
}

function Clocks({ incident }: { incident: Incident }) {
  const t = useWords(caseWords);
  const names = useIncidentWords();
  const format = useFormat();
  const lasted = useLasted();
  const stateOf = useDueState();
  const now = useNow();
  return (
    <Section title={t.clocks}>
      {incident.clocks.length === 0 && <p className="q-muted">{t.noClocks}</p>}
      {incident.clocks.map((clock) => {
        const due = stateOf(clock.dueAt);
        const isLate = clock.stoppedAt !== null && Date.parse(clock.stoppedAt) > Date.parse(clock.dueAt);
        const state = isLate ? "past" : clock.stoppedAt ? "stopped" : due === "ahead" ? "running" : due;
        const all = Date.parse(clock.dueAt) - Date.parse(clock.startedAt);
        return (
          <Clock
            key={`${clock.kind}-${clock.startedAt}`}
            name={names.clocks[clock.kind] ?? clock.kind}
            state={state}
            used={all <= 0 ? 1 : (now.getTime() - Date.parse(clock.startedAt)) / all}
            when={
              clock.stoppedAt
                ? t[isLate ? "stoppedLate" : "stopped"](lasted(clock.startedAt, clock.stoppedAt))
                : due === "past"
                  ? t.late(format.nearDay(clock.dueAt))
                  : t.until(due === "today" ? format.time(clock.dueAt) : format.nearDay(clock.dueAt))
            }
          />
        );
      })}
    </Section>
  );
}

function History({ incident }: { incident: Incident }) {
  const t = useWords(caseWords);
  const format = useFormat();
  const today = format.fullDay(useNow());
  return (
    <Section title={t.history}>
      <Timeline
        label={t.history}
        entries={incident.history.toReversed().map((move) => ({
          id: `${move.at}-${move.name}`,
          when: format.fullDay(move.at) === today ? format.time(move.at) : format.day(move.at),
          ...(move.by ? { who: move.by } : {}),
          title: move.reason ? `${t.done[move.name] ?? move.name}: ${move.reason}` : (t.done[move.name] ?? move.name),
        }))}
      />
    </Section>
  );
}

/** Where it came from. An anonymous answer has no way back to its visit, and the page says so instead of a link. */
function Related({ incident }: { incident: Incident }) {
  const t = useWords(caseWords);
  const slug = useSlug();
  const { type } = incident.source;
  const source: Record<string, { icon: IconShape; words: string } | undefined> = {
    response: { icon: IconMessageCircle, words: t.fromResponse },
    signal: { icon: IconAntennaBars5, words: t.fromSignal },
  };
  const found =
    source[type] ??
    (incident.reporterMode === "anonymous"
      ? { icon: IconQrcode, words: t.fromQr }
      : { icon: IconUser, words: t.fromReport });
  return (
    <ul>
      <li className="q-person">
        <Icon of={found.icon} />
        <span>{found.words}</span>
      </li>
      {incident.mergedInto && (
        <li>
          <Go className="q-code" to={`/c/${slug}/incidents/${incident.mergedInto}`}>
            {incident.mergedInto}
          </Go>
        </li>
      )}
    </ul>
  );
}
