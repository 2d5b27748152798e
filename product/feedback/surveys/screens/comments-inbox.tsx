import { useHolds } from "#product/identity/sign-in/screens/embed.tsx";
import { useMaybe, useSend, useSlug } from "#web/client/hooks.ts";
import { Button } from "#web/kit/button.tsx";
import { FilterChips } from "#web/kit/filter-chips.tsx";
import { Go } from "#web/kit/go.tsx";
import { useHotkeys } from "#web/kit/hotkeys.ts";
import { Section } from "#web/kit/section.tsx";
import { useToast } from "#web/kit/toast.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { handleComment, listComments, type Theme } from "../contract.ts";
import { surveyWords } from "../words.ts";
import { scoreText } from "./score-text.ts";
import { HideDialog } from "./hide-dialog.tsx";
import type { Comment } from "./results-shape.ts";
import "./feedback.css";

/** Comments one look shows; "more" adds as many, up to what one request gives. */
const pageSize = 8;
const pageMax = 200;
const worstGood = 2;

type As = "thanked" | "action";

/** Settles comments, each with its way back. */
function useHandling() {
  const t = useWords(surveyWords);
  const toast = useToast();
  const slug = useSlug();
  const navigate = useNavigate();
  const handle = useSend(handleComment);
  const settle = async (comment: Comment, as: As) => {
    const done = await handle.send({ params: { id: comment.id }, body: { as } });
    if (!done) return;
    toast.show({
      text: as === "thanked" ? t.thanked : t.acted,
      undo: () => void handle.send({ params: { id: comment.id }, body: { as: "new" } }),
    });
    const from = comment.incident ? `incident=${comment.incident}` : `response=${comment.id}&on=${comment.on}`;
    if (as === "action") void navigate({ href: `/c/${slug}/actions/new?${from}` });
  };
  return { settle, busy: handle.busy };
}

/** What people wrote, newest first, with what to do about it beside each; 1, 2 and 3 do it from the keyboard. */
export function CommentsInbox({ theme, onLift }: { theme: Theme | undefined; onLift: () => void }) {
  const t = useWords(surveyWords);
  const mayHandle = useHolds()("response:handle");
  const [view, setView] = useState<"new" | "all">(theme ? "all" : "new");
  const [limit, setLimit] = useState(pageSize);
  const [focused, setFocused] = useState<string>();
  const [hiding, setHiding] = useState<Comment>();
  const list = useMaybe(listComments, { query: { state: view, limit: String(limit), ...(theme ? { theme } : {}) } });
  const { settle, busy } = useHandling();
  const items = list?.items ?? [];
  const open = items.filter(({ state }) => state === "new");
  const chosen = open.find(({ id }) => id === focused) ?? open[0];
  const on = (act: (comment: Comment) => void) => () => {
    if (chosen && !busy) act(chosen);
  };
  useHotkeys(
    [
      ["1", on((comment) => void settle(comment, "thanked"))],
      ["2", on((comment) => void settle(comment, "action"))],
      ["3", on(setHiding)],
    ],
    mayHandle && hiding === undefined,
  );
  return (
    <Section
      title={t.comments}
      remark={list ? t.commentsNew(list.newCount) : undefined}
      aside={
        <button type="button" className="q-text-button" onClick={() => setView(view === "new" ? "all" : "new")}>
          {view === "new" ? t.views.all : t.views.new}
        </button>
      }
    >
      {theme && <FilterChips chips={[{ key: "theme", name: t.theme, value: t.themes[theme], onLift }]} />}
      {list && items.length === 0 && <p className="q-muted">{view === "new" ? t.noComments : t.noCommentsEver}</p>}
      <ul className="q-comments" aria-live="polite">
        {items.map((comment) => (
          <CommentItem
            key={comment.id}
            comment={comment}
            onFocus={() => setFocused(comment.id)}
            {...(mayHandle && comment.state === "new"
              ? { onSettle: (as: As) => void settle(comment, as), onHide: () => setHiding(comment) }
              : {})}
          />
        ))}
      </ul>
      {list?.next && limit < pageMax && (
        <Button kind="quiet" size="bar" onClick={() => setLimit(Math.min(limit + pageSize, pageMax))}>
          {t.more}
        </Button>
      )}
      {mayHandle && open.length > 0 && <p className="q-meta">{t.keysHint}</p>}
      {hiding && <HideDialog comment={hiding} onClose={() => setHiding(undefined)} />}
    </Section>
  );
}

type ItemProps = { comment: Comment; onFocus: () => void; onSettle?: (as: As) => void; onHide?: () => void };

function CommentItem({ comment, onFocus, onSettle, onHide }: ItemProps) {
  const t = useWords(surveyWords);
  const format = useFormat();
  const slug = useSlug();
  const where = comment.where ?? t.somewhere;
  return (
    <li onFocus={onFocus}>
      <div className="q-comment-head q-meta">
        <span className={comment.score > worstGood + 1 && comment.score < 6 ? "q-bad" : undefined}>
          {scoreText(t, comment.score)}
        </span>
        <span>
          {where}, {format.nearDay(comment.on)}
        </span>
        {comment.themes.length > 0 && <span>{comment.themes.map((one) => t.themes[one]).join(", ")}</span>}
        {comment.state !== "new" && <span>{t.states[comment.state]}</span>}
        {comment.wantsAnswer && <span className="q-warn">{t.wantsAnswer}</span>}
        {comment.incident && <Go to={`/c/${slug}/incidents/${comment.incident}`}>{comment.incident}</Go>}
        {comment.action && <Go to={`/c/${slug}/actions/${comment.action}`}>{comment.action}</Go>}
      </div>
      <p className="q-comment-text">{comment.text}</p>
      {onSettle && onHide && (
        <div className="q-comment-moves q-no-print">
          <Button size="row" keys="1" onClick={() => onSettle("thanked")}>
            {t.thank}
          </Button>
          <Button size="row" keys="2" onClick={() => onSettle("action")}>
            {t.act}
          </Button>
          <Button size="row" kind="quiet" keys="3" onClick={onHide}>
            {t.hide}
          </Button>
        </div>
      )}
    </li>
  );
}
