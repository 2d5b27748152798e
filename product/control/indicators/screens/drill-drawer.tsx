import { useMaybe } from "#web/client/hooks.ts";
import { Drawer } from "#web/kit/drawer.tsx";
import { Loading } from "#web/kit/states.tsx";
import { Table } from "#web/kit/table.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import { drillIndicator } from "../contract.ts";
import { indicatorWords } from "../words.ts";

/** The answers behind one point; groups too small to be named are counted, not shown. */
export function DrillDrawer({ code, label, onClose }: { code: string; label: string; onClose: () => void }) {
  const t = useWords(indicatorWords);
  const format = useFormat();
  const found = useMaybe(drillIndicator, { params: { code }, query: { label } });
  const score = (what: string) => (what in t.scores ? t.scores[what as keyof typeof t.scores] : what); // checked by `in`
  return (
    <Drawer open onClose={onClose} title={`${t.drill} ${format.day(label)}`}>
      {!found && (
        <Loading
          heads={[
            { key: "a", text: t.on },
            { key: "b", text: t.score },
          ]}
        />
      )}
      {found?.rows.length === 0 && <p className="q-muted">{t.drillHidden}</p>}
      {found && found.rows.length > 0 && (
        <Table
          label={t.drill}
          rows={found.rows.map((row, at) => ({ ...row, key: String(at) }))}
          columns={[
            { key: "on", head: t.on, width: 90, names: true, render: (row) => format.day(row.on) },
            { key: "what", head: t.score, render: (row) => score(row.what) },
            { key: "where", head: t.where, render: (row) => row.where ?? "*" },
            { key: "counts", head: t.counts, width: 90, render: (row) => (row.counts ? t.yes : t.no) },
          ]}
          keyOf={(row) => row.key}
          nameOf={(row) => format.day(row.on)}
          rowHeight={32}
        />
      )}
    </Drawer>
  );
}
