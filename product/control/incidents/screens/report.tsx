import { useSlug } from "#web/client/hooks.ts";
import { Button, LinkButton } from "#web/kit/button.tsx";
import { ErrorSummary } from "#web/kit/error-summary.tsx";
import { Facts } from "#web/kit/facts.tsx";
import { TextAreaField, TextField } from "#web/kit/field.tsx";
import { Form, FormRow, Tiles } from "#web/kit/form.tsx";
import type { IconType } from "#web/kit/icon.tsx";
import { Page } from "#web/kit/page.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import {
  IconAlertTriangle,
  IconClipboardList,
  IconDots,
  IconFlask2,
  IconHeartbeat,
  IconId,
  IconPill,
  IconStethoscope,
  IconTool,
} from "@tabler/icons-react";
import { useState } from "react";
import { harms, types, type IncidentType } from "../states.ts";
import { useIncidentWords } from "./embed.tsx";
import { reportWords } from "./report-words.ts";
import { useReport, type ReportForm } from "./use-report.ts";

/** The eight most frequent kinds and the rest: what fits a phone without scrolling. */
const tileCount = 8;
const icons: Partial<Record<IncidentType, IconType>> = {
  MED: IconPill,
  ADM: IconClipboardList,
  DX: IconStethoscope,
  LAB: IconFlask2,
  TRT: IconHeartbeat,
  IDN: IconId,
  DEV: IconTool,
  INF: IconAlertTriangle,
  OTH: IconDots,
};
const storyMost = 4000;
const modes = ["named", "confidential"] as const;

/** A report in a minute: only what happened is asked for, everything else helps. */
export function ReportScreen() {
  const t = useWords(reportWords);
  const format = useFormat();
  const slug = useSlug();
  const report = useReport();
  const { form, change } = report;
  const [attempt, setAttempt] = useState(0);
  const wrong = [
    ...(form.title.trim() === "" ? [{ field: "title", text: t.whatMissing }] : []),
    ...(report.isFuture ? [{ field: "at", text: t.whenFuture }] : []),
  ];
  const shown = attempt > 0 ? [...wrong, ...(report.refused?.fields ?? [])] : [];
  const errorOf = (field: string) => shown.find((one) => one.field === field)?.text;
  const send = () => {
    setAttempt(attempt + 1);
    if (wrong.length === 0 && !report.busy) void report.send();
  };
  const trail = [{ label: t.trail, to: `/c/${slug}/incidents` }, { label: t.title }];
  if (report.sent) return <Sent sent={report.sent} again={report.again} trail={trail} />;
  return (
    <Page title={t.title} documentTitle={shown.length > 0 ? `${t.whatMissing}: ${t.title}` : t.title} trail={trail}>
      <Form label={t.title} onSend={send}>
        <ErrorSummary problems={shown} attempt={attempt} />
        <TextField
          id="title"
          size="touch"
          label={t.what}
          hint={t.whatHint}
          error={errorOf("title")}
          maxLength={200}
          value={form.title}
          onChange={(event) => change({ title: event.target.value })}
        />
        <Kind form={form} change={change} />
        <FormRow>
          <TextField
            id="at"
            size="touch"
            type="datetime-local"
            label={t.when}
            error={errorOf("at")}
            value={form.at}
            onChange={(event) => event.target.value && change({ at: event.target.value })}
          />
          <TextField
            id="place"
            size="touch"
            label={t.place}
            hint={t.placeHint}
            maxLength={200}
            value={form.place}
            onChange={(event) => change({ place: event.target.value })}
          />
        </FormRow>
        <TextAreaField
          id="story"
          size="touch"
          label={t.story}
          hint={t.storyHint}
          most={storyMost}
          value={form.story}
          onChange={(event) => change({ story: event.target.value })}
        />
        <TextAreaField
          id="done"
          size="touch"
          label={t.done}
          most={storyMost}
          value={form.done}
          onChange={(event) => change({ done: event.target.value })}
        />
        <Tiles
          rows
          label={t.mode}
          value={form.mode}
          onChange={(mode) => change({ mode })}
          tiles={modes.map((mode) => ({ value: mode, label: t.modes[mode], hint: t.modesMean[mode] }))}
        />
        <div className="q-part-foot">
          <Button kind="primary" size="touch" type="submit" busy={report.busy}>
            {t.send}
          </Button>
          {report.keptAt && <span className="q-meta">{t.kept(format.time(report.keptAt))}</span>}
          <Refusal refused={report.refused} />
        </div>
      </Form>
    </Page>
  );
}

function Kind({ form, change }: { form: ReportForm; change: (change: Partial<ReportForm>) => void }) {
  const t = useWords(reportWords);
  const names = useIncidentWords();
  const tiles: readonly IncidentType[] = [...types.slice(0, tileCount), "OTH"];
  return (
    <>
      <Tiles
        id="type"
        label={t.type}
        hint={t.typeHint}
        value={form.type}
        onChange={(type) => change({ type })}
        tiles={tiles.map((type) => ({
          value: type,
          label: names.types[type],
          ...(icons[type] ? { icon: icons[type] } : {}),
        }))}
      />
      <Tiles
        label={t.reached}
        value={form.nearMiss ? "no" : "yes"}
        onChange={(value) => change({ nearMiss: value === "no" })}
        tiles={[
          { value: "yes", label: t.reachedYes },
          { value: "no", label: t.reachedNo, hint: t.reachedNoHint },
        ]}
      />
      {!form.nearMiss && (
        <Tiles
          rows
          label={t.harm}
          value={form.harm}
          onChange={(harm) => change({ harm })}
          tiles={harms.map((harm) => ({ value: harm, label: names.harms[harm], hint: names.harmMeans[harm] }))}
        />
      )}
    </>
  );
}

type SentProps = {
  sent: { code: string; answerBy: string };
  again: () => void;
  trail: readonly { label: string; to?: string }[];
};

/** What the reporter takes along: a code and a promise with a date. */
function Sent({ sent, again, trail }: SentProps) {
  const t = useWords(reportWords);
  const format = useFormat();
  const slug = useSlug();
  return (
    <Page title={t.sent} trail={trail}>
      <div className="q-form" role="status">
        <Facts
          rows={[
            [
              t.code,
              <b key="code" className="q-number">
                {sent.code}
              </b>,
            ],
          ]}
        />
        <p>{t.answerBy(format.longDay(sent.answerBy))}</p>
        <div className="q-row">
          <LinkButton kind="primary" to={`/c/${slug}/incidents/${sent.code}`}>
            {t.open}
          </LinkButton>
          <Button onClick={again}>{t.again}</Button>
        </div>
      </div>
    </Page>
  );
}
