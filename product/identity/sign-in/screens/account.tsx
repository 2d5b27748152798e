import type { Language } from "#core/contract/words.ts";
import { session } from "#web/client/api.ts";
import { queries, useLoaded, useSend } from "#web/client/hooks.ts";
import { Button } from "#web/kit/button.tsx";
import { Options } from "#web/kit/choice.tsx";
import { Dialog } from "#web/kit/dialog.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { Page } from "#web/kit/page.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { Section } from "#web/kit/section.tsx";
import { Table, type Column } from "#web/kit/table.tsx";
import { useToast } from "#web/kit/toast.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useRefusal } from "#web/kit/use-refusal.ts";
import { useWords } from "#web/kit/words.ts";
import type { ReplyOf } from "#core/contract/route.ts";
import { useState } from "react";
import { endAllMySessions, endMySession, listMySessions, readMe, setMyLanguage } from "../contract.ts";
import { signInWords } from "../words.ts";
import { deviceOf } from "./device-text.ts";
import "./door.css";

type OwnSession = ReplyOf<typeof listMySessions>[number];

/** The person's own things: language and open sessions. `onLanguage` changes the page; the account keeps it. */
export function AccountScreen({ onLanguage }: { onLanguage: (language: Language) => void }) {
  const t = useWords(signInWords).account;
  const me = useLoaded(readMe);
  return (
    <Page title={t.title} remark={me.person.name}>
      <LanguagePart onLanguage={onLanguage} />
      <SessionsPart idleAt={me.session.idleAt} />
    </Page>
  );
}

function LanguagePart({ onLanguage }: { onLanguage: (language: Language) => void }) {
  const t = useWords(signInWords).account;
  const toast = useToast();
  const { language } = useLanguage();
  const set = useSend(setMyLanguage);
  const refused = useRefusal(set.problem);
  const choose = async (next: Language) => {
    onLanguage(next);
    const done = await set.send({ body: { language: next } });
    if (done === undefined) return;
    toast.show({ text: signInWords[next].account.saved });
  };
  return (
    <Section title={t.language}>
      <div className="q-account">
        <Options
          label={t.languageWhy}
          options={(["uk", "en"] as const).map((value) => ({ value, label: t.languages[value] }))}
          value={language}
          onChange={(next) => void choose(next)}
        />
        <Refusal refused={refused} />
      </div>
    </Section>
  );
}

function SessionsPart({ idleAt }: { idleAt: string }) {
  const t = useWords(signInWords).account;
  const format = useFormat();
  const sessions = useLoaded(listMySessions);
  const end = useSend(endMySession);
  const refused = useRefusal(end.problem);
  const toast = useToast();
  const [leaving, setLeaving] = useState(false);
  const endOne = async (id: string) => {
    if ((await end.send({ params: { id } })) === undefined) return;
    toast.show({ text: t.ended });
  };
  return (
    <Section
      title={t.sessions}
      remark={t.sessionsCount(sessions.length)}
      aside={
        <Button kind="danger" size="bar" onClick={() => setLeaving(true)}>
          {t.everywhere}
        </Button>
      }
    >
      <SessionTable sessions={sessions} onEnd={(id) => void endOne(id)} />
      <p className="q-meta">{t.idle(format.time(idleAt))}</p>
      <Refusal refused={refused} />
      {leaving && <EverywhereDialog onClose={() => setLeaving(false)} />}
    </Section>
  );
}

function SessionTable({ sessions, onEnd }: { sessions: readonly OwnSession[]; onEnd: (id: string) => void }) {
  const t = useWords(signInWords).account;
  const format = useFormat();
  const device = (agent: string) => {
    const { browser, system } = deviceOf(agent);
    return browser && system ? t.browserOn(browser, system) : (browser ?? system ?? (agent || t.unknownDevice));
  };
  const columns: Column<OwnSession>[] = [
    { key: "device", head: t.device, names: true, render: (one) => device(one.device) },
    { key: "place", head: t.place, width: 160, from: "tablet", muted: true, render: (one) => one.place || "–" },
    {
      key: "since",
      head: t.since,
      width: 130,
      from: "tablet",
      right: true,
      render: (one) => format.dayTime(one.since),
    },
    { key: "seen", head: t.seen, width: 130, right: true, render: (one) => format.dayTime(one.lastSeen) },
    {
      key: "moves",
      head: t.moves,
      width: 120,
      right: true,
      render: (one) =>
        one.current ? (
          <span className="q-muted">{t.current}</span>
        ) : (
          <Button size="row" aria-label={t.endOf(device(one.device))} onClick={() => onEnd(one.id)}>
            {t.end}
          </Button>
        ),
    },
  ];
  return (
    <Table
      label={t.sessions}
      rows={sessions}
      columns={columns}
      keyOf={(one) => one.id}
      nameOf={(one) => device(one.device)}
      rowHeight={40}
    />
  );
}

function EverywhereDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(signInWords).account;
  const leave = useSend(endAllMySessions);
  const refused = useRefusal(leave.problem);
  const send = async () => {
    if ((await leave.send({ body: {} })) === undefined) return;
    // this very session is over as well; the frame leads to signing in
    await (await session()).end("none");
    queries.clear();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t.everywhereTitle}
      foot={
        <>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button kind="danger-fill" busy={leave.busy} onClick={() => void send()}>
            {t.everywhere}
          </Button>
        </>
      }
    >
      <p>{t.everywhereWhat}</p>
      <Refusal refused={refused} />
    </Dialog>
  );
}
