import { useLoaded, useSlug } from "#web/client/hooks.ts";
import { useScoreText } from "#product/feedback/surveys/screens/embed.tsx";
import { Due } from "#web/kit/due.tsx";
import { Go } from "#web/kit/go.tsx";
import { Page } from "#web/kit/page.tsx";
import { Section } from "#web/kit/section.tsx";
import { Table, type Column } from "#web/kit/table.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import { useNavigate } from "@tanstack/react-router";
import { listTasks, type Task } from "../contract.ts";
import { taskWords } from "../words.ts";

const order: readonly Task["group"][] = ["overdue", "today", "week", "later", "waiting"];

/** Everything that waits for this person, by due date, whatever module it comes from. */
export function TasksScreen() {
  const { tasks, nextDue } = useLoaded(listTasks);
  const t = useWords(taskWords);
  const format = useFormat();
  const slug = useSlug();
  const navigate = useNavigate();
  const scoreOf = useScoreText();
  const columns: Column<Task>[] = [
    {
      key: "what",
      head: t.what,
      names: true,
      render: (task) => (
        <>
          <Go to={`/c/${slug}${task.link}`}>{t.kinds[task.kind]}</Go>
          {task.score !== null && <span className="q-muted q-plain-weight"> {scoreOf(task.score)}</span>}
        </>
      ),
    },
    { key: "from", head: t.from, width: 120, render: (task) => <span className="q-code">{task.code}</span> },
    { key: "size", head: t.size, width: 80, muted: true, from: "tablet", render: (task) => t.sizes[task.size] },
    {
      key: "due",
      head: t.due,
      width: 130,
      right: true,
      render: (task) =>
        task.dueAt ? (
          <Due state={task.group === "overdue" ? "past" : task.group === "today" ? "today" : "ahead"}>
            {/* the end of a day is the first instant of the next */}
            {format.nearDay(new Date(Date.parse(task.dueAt) - 1))}
          </Due>
        ) : (
          ""
        ),
    },
  ];
  return (
    <Page title={t.title} remark={tasks.length > 0 ? format.number(tasks.length) : undefined}>
      {tasks.length === 0 && (
        <p>
          {t.done}. {nextDue ? t.next(format.nearDay(nextDue)) : t.none}
        </p>
      )}
      {order.map((group) => {
        const rows = tasks.filter((task) => task.group === group);
        return rows.length === 0 ? null : (
          <Section key={group} title={t.groups[group]} remark={format.number(rows.length)}>
            <Table
              label={t.groups[group]}
              rows={rows}
              columns={columns}
              keyOf={(task) => task.key}
              nameOf={(task) => `${t.kinds[task.kind]} ${task.code}`}
              rowHeight={40}
              onOpen={(task) => void navigate({ href: `/c/${slug}${task.link}` })}
            />
          </Section>
        );
      })}
    </Page>
  );
}
