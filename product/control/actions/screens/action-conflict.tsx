import { Conflict } from "#web/kit/conflict.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useNow } from "#web/kit/use-now.ts";
import { useWords } from "#web/kit/words.ts";
import type { Action } from "../contract.ts";
import { actionScreenWords } from "./action-words.ts";
import type { MoveForm } from "./use-action.ts";

/** Somebody changed the action meanwhile: what they did beside what this form holds. */
export function ActionConflict({
  form,
  mine,
  action,
  drop,
}: {
  form: MoveForm;
  mine: string;
  action: Action;
  drop: () => void;
}) {
  const t = useWords(actionScreenWords);
  const format = useFormat();
  const now = useNow();
  if (!form.faster) return null;
  const last = action.history.at(-1);
  const who = last?.by ?? t.somebody;
  const when = format.time(last?.at ?? now);
  return (
    <Conflict
      title={t.conflict(who, when)}
      remark={t.conflictRemark}
      mine={{ when: format.time(now), text: mine }}
      theirs={{ who, when, text: last?.reason ?? t.theirsMove(t.done[last?.name ?? ""] ?? "") }}
      onKeep={() => void form.press()}
      onTake={drop}
    />
  );
}
