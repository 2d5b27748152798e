import { useId, useState } from "react";
import { Button } from "./button.tsx";
import { changedWords } from "./changed-words.ts";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./states.css";

type ConflictProps = {
  title: string;
  remark: string;
  mine: { when: string; text: string };
  theirs: { who: string; when: string; text: string };
  onKeep: () => void;
  onTake: () => void;
  onMerge?: () => void;
};

/** Two people wrote at once: both texts beside each other, what differs in bold, mine chosen beforehand. */
export function Conflict({ title, remark, mine, theirs, onKeep, onTake, onMerge }: ConflictProps) {
  const t = useWords(kitWords);
  const name = useId();
  const [chosen, choose] = useState<"mine" | "theirs">("mine");
  const sides = [
    { side: "mine", head: `${t.yours}, ${mine.when}`, text: mine.text, other: theirs.text },
    { side: "theirs", head: `${theirs.who}, ${theirs.when}`, text: theirs.text, other: mine.text },
  ] as const;
  return (
    <section className="q-conflict" aria-label={title}>
      <h2 className="q-state-title">{title}</h2>
      <p className="q-muted">{remark}</p>
      <div className="q-versions" role="radiogroup" aria-label={title}>
        {sides.map(({ side, head, text, other }) => (
          <label key={side} data-chosen={chosen === side || undefined}>
            <input type="radio" name={name} checked={chosen === side} onChange={() => choose(side)} />
            <span className="q-version-head">{head}</span>
            <span>
              {changedWords(text, other).map((run, at) =>
                run.changed ? <b key={at}>{run.text}</b> : <span key={at}>{run.text}</span>,
              )}
            </span>
          </label>
        ))}
      </div>
      <div className="q-row">
        <Button kind={chosen === "mine" ? "primary" : "soft"} onClick={onKeep}>
          {t.keepMine}
        </Button>
        <Button kind={chosen === "theirs" ? "primary" : "soft"} onClick={onTake}>
          {t.takeTheirs(theirs.who)}
        </Button>
        {onMerge && (
          <Button kind="quiet" onClick={onMerge}>
            {t.mergeByHand}
          </Button>
        )}
      </div>
    </section>
  );
}
