import { IconAlertCircle } from "@tabler/icons-react";
import { Icon } from "./icon.tsx";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./form.css";

/** Brings a part of the page under the eyes and the focus. */
export function goToPart(part: string): void {
  const found = document.getElementById(`part-${part}`);
  found?.scrollIntoView({ block: "start" });
  found?.focus({ preventScroll: true });
}

type RefusalProps = { refused: { text: string; leadsTo?: string } | undefined };

/** Why a button did not do what it says, in words beside it, and the way to the part where it can be mended. */
export function Refusal({ refused }: RefusalProps) {
  const t = useWords(kitWords);
  const part = refused?.leadsTo;
  return (
    <div className="q-refusal" role="alert">
      {refused && (
        <>
          <Icon of={IconAlertCircle} size={16} />
          <span>{refused.text}</span>
          {part && (
            <button type="button" className="q-text-button" onClick={() => goToPart(part)}>
              {t.goToPart}
            </button>
          )}
        </>
      )}
    </div>
  );
}
