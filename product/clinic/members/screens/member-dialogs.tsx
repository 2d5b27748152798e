import { isGrantable, type GrantableType } from "#core/access/rights.ts";
import { useSend } from "#web/client/hooks.ts";
import { Button } from "#web/kit/button.tsx";
import { Dialog } from "#web/kit/dialog.tsx";
import { Form } from "#web/kit/form.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { useToast } from "#web/kit/toast.tsx";
import { useRefusal } from "#web/kit/use-refusal.ts";
import { useWords } from "#web/kit/words.ts";
import { useState } from "react";
import { resumeMember, setTypes, suspendMember, type Member } from "../contract.ts";
import { memberWords } from "../words.ts";
import { TypeChecks } from "./type-checks.tsx";

type Props = { member: Member; onClose: () => void };

/** What a member may do from now on. */
export function TypesDialog({ member, onClose }: Props) {
  const t = useWords(memberWords);
  const toast = useToast();
  const [chosen, setChosen] = useState<readonly GrantableType[]>(member.types.filter(isGrantable));
  const [tried, setTried] = useState(false);
  const save = useSend(setTypes);
  const refused = useRefusal(save.problem);
  const send = async () => {
    setTried(true);
    if (chosen.length === 0) return;
    const done = await save.send({ params: { id: member.id }, body: { types: chosen.map((type) => ({ type })) } });
    if (!done) return;
    toast.show({ text: t.changed(member.name) });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t.changeTitle(member.name)}
      foot={
        <>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button kind="primary" busy={save.busy} onClick={() => void send()}>
            {t.save}
          </Button>
        </>
      }
    >
      <Form label={t.change} onSend={() => void send()}>
        <TypeChecks
          chosen={chosen}
          onChange={setChosen}
          error={tried && chosen.length === 0 ? t.typesBad : undefined}
        />
        <p className="q-meta">{t.changeWhat}</p>
        <Refusal refused={refused} />
      </Form>
    </Dialog>
  );
}

/** Shuts a member out; what follows is said before. */
export function SuspendDialog({ member, onClose }: Props) {
  const t = useWords(memberWords);
  const toast = useToast();
  const suspend = useSend(suspendMember);
  const resume = useSend(resumeMember);
  const refused = useRefusal(suspend.problem);
  const takeBack = async () => {
    const back = await resume.send({ params: { id: member.id }, body: {} });
    toast.show({ text: back === undefined ? t.resumeFailed(member.name) : t.resumed(member.name) });
  };
  const send = async () => {
    const done = await suspend.send({ params: { id: member.id }, body: {} });
    // no content when it went well, undefined when it was refused
    if (done === undefined) return;
    toast.show({ text: t.suspended(member.name), undo: () => void takeBack() });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t.suspendTitle(member.name)}
      foot={
        <>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button kind="danger-fill" busy={suspend.busy} onClick={() => void send()}>
            {t.suspend}
          </Button>
        </>
      }
    >
      <p>{t.suspendWhat}</p>
      <Refusal refused={refused} />
    </Dialog>
  );
}

/** Lets a member in again; as what is said before. */
export function ResumeDialog({ member, onClose }: Props) {
  const t = useWords(memberWords);
  const toast = useToast();
  const resume = useSend(resumeMember);
  const refused = useRefusal(resume.problem);
  const send = async () => {
    const done = await resume.send({ params: { id: member.id }, body: {} });
    if (done === undefined) return;
    toast.show({ text: t.resumed(member.name) });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t.resumeTitle(member.name)}
      foot={
        <>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button kind="primary" busy={resume.busy} onClick={() => void send()}>
            {t.resume}
          </Button>
        </>
      }
    >
      <p>{t.resumeWhat(member.types.map((type) => t.types[type]).join(", ") || t.noTypes)}</p>
      <Refusal refused={refused} />
    </Dialog>
  );
}
