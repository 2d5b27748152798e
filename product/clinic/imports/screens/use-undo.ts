import { useSend } from "#web/client/hooks.ts";
import { useRefusal } from "#web/kit/use-refusal.ts";
import { createContext, useContext, useState } from "react";
import { useRefreshRuns } from "./use-fresh.ts";
import { undoImport, type ImportRun } from "../contract.ts";

/** Steps of a second each; more than these would be a fault of the server, not a large import. */
const stepsMost = 10_000;

/** How a run of answers is taken back: surveys stand below imports in the contents, so the app hands their route in. */
export type AnswersUndo = {
  send: (input: { params: { id: string }; body: Record<string, never> }) => Promise<unknown>;
  busy: boolean;
  problem: Error | null;
};
export const AnswersUndoContext = createContext<AnswersUndo | undefined>(undefined);

/** Takes a run back. A run of FHIR resources goes step by step; leaving the page stops it, and it can be gone on with. */
export function useUndo(run: Pick<ImportRun, "id" | "kind">) {
  const step = useSend(undoImport);
  const answers = useContext(AnswersUndoContext);
  if (!answers) throw new Error("ImportsScreen gives the way back for answers");
  const [busy, setBusy] = useState(false);
  const input = { params: { id: run.id }, body: {} };
  const refreshRuns = useRefreshRuns();
  const undo = async (): Promise<boolean> => {
    if (run.kind === "feedback") {
      const done = await answers.send(input);
      refreshRuns();
      return done !== undefined;
    }
    setBusy(true);
    try {
      for (let at = 0; at < stepsMost; at += 1) {
        const now = await step.send(input);
        if (now === undefined) return false;
        if (now.state === "undone") return true;
      }
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { undo, busy: busy || answers.busy, refused: useRefusal(step.problem, answers.problem) };
}
