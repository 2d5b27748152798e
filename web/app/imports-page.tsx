import { ImportsScreen } from "#product/clinic/imports/screens/imports.tsx";
import { undoFeedbackImport } from "#product/feedback/surveys/contract.ts";
import { useSend } from "#web/client/hooks.ts";

/** Runs of imports of every kind; each capability that takes data in brings its own way back. */
export function ImportsPage() {
  return <ImportsScreen undoAnswers={useSend(undoFeedbackImport)} />;
}
