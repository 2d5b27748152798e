import type { Route } from "#core/contract/route.ts";
import { useLoaded, useRemember, useSend, type Sending } from "#web/client/hooks.ts";
import { useRefusal, type Refused } from "#web/kit/use-refusal.ts";
import { useToast } from "#web/kit/toast.tsx";
import { useWords } from "#web/kit/words.ts";
import { useState } from "react";
import { readAction, undoActionMove, type Action } from "../contract.ts";
import { actionScreenWords } from "./action-words.ts";

/** The action of the address; refetched when the server says it changed. */
export const useAction = (code: string): Action => useLoaded(readAction, { params: { code } });

/** What is asked before a move: a drawer for the plan, dialogs for the rest. */
export type Ask = "plan" | "decline" | "withdraw" | "postpone" | "finish" | "confirm" | "refute";

/** Says what was done; starting and finishing can be taken back for ten seconds. */
export function useDone(code: string): (name: string, reply: Action) => void {
  const t = useWords(actionScreenWords);
  const toast = useToast();
  const undo = useSend(undoActionMove);
  const remember = useRemember(readAction, { params: { code } });
  const takeBack = async (version: number) => {
    const back = await undo.send({ params: { code }, body: { version } });
    if (!back) return;
    remember(back);
    toast.show({ text: t.undone });
  };
  return (name, reply) => {
    // at once: the next form must not open on the version before this person's own move
    remember(reply);
    toast.show({
      text: t.done[name] ?? name,
      ...(name === "start" || name === "finish" ? { undo: () => void takeBack(reply.version) } : {}),
    });
  };
}

export type MoveForm = {
  busy: boolean;
  refused: Refused | undefined;
  /** Somebody was faster: both are shown; `press` then sends over what is there now. */
  faster: boolean;
  press: () => Promise<void>;
};

const fasterCodes = new Set(["action.changed-meanwhile", "action.moved-meanwhile"]);

/** A form around one move. It sends the version it was opened on; after a change by another person, the newest. */
export function useMoveForm<R extends Route>(
  sending: Sending<R>,
  o: {
    action: Action;
    name: string;
    close: () => void;
    /** Undefined while something is still missing in the form. */
    send: (version: number) => Promise<Action | undefined> | undefined;
  },
): MoveForm {
  const done = useDone(o.action.code);
  const refused = useRefusal(sending.problem);
  const [opened] = useState(o.action.version);
  const faster = refused !== undefined && fasterCodes.has(refused.code);
  return {
    busy: sending.busy,
    refused,
    faster,
    press: async () => {
      const reply = await o.send(faster ? o.action.version : opened);
      if (!reply) return;
      done(o.name, reply);
      o.close();
    },
  };
}
