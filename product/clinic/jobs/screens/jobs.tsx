import { useHolds } from "#product/identity/sign-in/screens/embed.tsx";
import { useLoaded, useSend } from "#web/client/hooks.ts";
import { Button } from "#web/kit/button.tsx";
import { Page } from "#web/kit/page.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { EmptyFirst } from "#web/kit/states.tsx";
import { Table, type Column } from "#web/kit/table.tsx";
import { useToast } from "#web/kit/toast.tsx";
import { Totals } from "#web/kit/totals.tsx";
import { useAddress } from "#web/kit/use-address.ts";
import { useFormat } from "#web/kit/use-format.ts";
import { useRefusal } from "#web/kit/use-refusal.ts";
import { useWords } from "#web/kit/words.ts";
import { listJobs, retryJob, type Job } from "../contract.ts";
import { jobWords } from "../words.ts";

const views = ["open", "all"] as const;

/** What should have followed an event and was given up: seen, and sent on its way again. */
export function JobsScreen() {
  const address = useAddress();
  const state = views.find((one) => one === address.get("state")) ?? "open";
  const after = address.get("after");
  const { items, next } = useLoaded(listJobs, { query: { state, ...(after ? { after } : {}) } });
  const t = useWords(jobWords);
  return (
    <Page
      title={t.title}
      tabs={{
        label: t.viewsLabel,
        current: state,
        all: views.map((one) => ({
          key: one,
          label: t.views[one],
          to: address.with({ state: one === "open" ? undefined : one, after: undefined }),
        })),
      }}
      foot={<Totals keys="none" parts={[t.range(items.length)]} />}
    >
      {items.length === 0 ? <EmptyFirst title={t.none}>{t.noneWhy}</EmptyFirst> : <Rows items={items} />}
      {next && (
        <div className="q-part-foot q-no-print">
          <Button size="bar" onClick={() => address.set({ after: next })}>
            {t.more}
          </Button>
        </div>
      )}
    </Page>
  );
}

function Rows({ items }: { items: readonly Job[] }) {
  const t = useWords(jobWords);
  const format = useFormat();
  const holds = useHolds();
  const toast = useToast();
  const retry = useSend(retryJob);
  const refused = useRefusal(retry.problem);
  const nameOf = ({ reaction }: Job): string =>
    new Map<string, string>(Object.entries(t.reactions)).get(reaction) ?? reaction;
  const again = async ({ id }: Job) => {
    if (await retry.send({ params: { id }, body: {} })) toast.show({ text: t.retried });
  };
  const columns: Column<Job>[] = [
    { key: "what", head: t.what, names: true, render: nameOf },
    { key: "why", head: t.why, width: 200, from: "tablet", muted: true, render: (one) => <code>{one.code}</code> },
    { key: "tries", head: t.tries, width: 80, right: true, from: "desktop", render: (one) => format.number(one.tries) },
    { key: "day", head: t.day, width: 120, from: "tablet", render: (one) => format.day(one.on) },
    {
      key: "retry",
      head: t.sent,
      width: 180,
      right: true,
      render: (one) => {
        if (one.sentAgainOn) return format.day(one.sentAgainOn);
        if (!holds("job:retry")) return "–";
        return (
          <Button size="bar" busy={retry.busy} onClick={() => void again(one)}>
            {t.retry}
          </Button>
        );
      },
    },
  ];
  return (
    <>
      <Refusal refused={refused} />
      <Table label={t.title} rows={items} columns={columns} keyOf={({ id }) => id} nameOf={nameOf} rowHeight={40} />
    </>
  );
}
