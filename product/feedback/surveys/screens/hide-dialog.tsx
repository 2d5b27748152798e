import { useSend } from "#web/client/hooks.ts";
import { Button } from "#web/kit/button.tsx";
import { Dialog } from "#web/kit/dialog.tsx";
import { TextField } from "#web/kit/field.tsx";
import { Form } from "#web/kit/form.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { useToast } from "#web/kit/toast.tsx";
import { useRefusal } from "#web/kit/use-refusal.ts";
import { useWords } from "#web/kit/words.ts";
import { useState } from "react";
import { handleComment } from "../contract.ts";
import { surveyWords } from "../words.ts";
import type { Comment } from "./results-shape.ts";

/** Hiding needs a reason: the score still counts, only the text leaves the lists. */
export function HideDialog({ comment, onClose }: { comment: Comment; onClose: () => void }) {
  const t = useWords(surveyWords);
  const toast = useToast();
  const [why, setWhy] = useState("");
  const [tried, setTried] = useState(false);
  const hide = useSend(handleComment);
  const refused = useRefusal(hide.problem);
  const missing = tried && why.trim() === "";
  const send = async () => {
    setTried(true);
    if (why.trim() === "") {
      document.getElementById("why")?.focus();
      return;
    }
    const done = await hide.send({ params: { id: comment.id }, body: { as: "hidden", why } });
    if (!done) return;
    toast.show({
      text: t.hiddenDone,
      undo: () => void hide.send({ params: { id: comment.id }, body: { as: "new" } }),
    });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t.hideTitle}
      foot={
        <>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button kind="primary" busy={hide.busy} onClick={() => void send()}>
            {t.hide}
          </Button>
        </>
      }
    >
      <Form label={t.hideTitle} onSend={() => void send()}>
        <p>{comment.text}</p>
        <p className="q-muted">{t.hideWhat}</p>
        <TextField
          id="why"
          label={t.hideWhy}
          hint={t.hideWhyHint}
          maxLength={400}
          value={why}
          {...(missing ? { error: t.hideWhyEmpty } : {})}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
        <Refusal refused={refused} />
      </Form>
    </Dialog>
  );
}
