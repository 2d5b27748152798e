import type { Route } from "#core/contract/route.ts";
import { useLoaded, useSend, type Sending } from "#web/client/hooks.ts";
import { useRefusal, type Refused } from "#web/client/refusal.ts";
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
  return (name, reply) =>
    toast.show({
      text: t.done[name] ?? name,
      ...(name === "start" || name === "finish"
        ? {
            undo: () =>
              void undo
                .send({ params: { code }, body: { version: reply.version } })
                .then((back) => back && toast.show({ text: t.undone })),
          }
        : {}),
    });
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
