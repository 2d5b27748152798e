import { useState } from "react";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./button.css";

/** Copies a code or a line; the word changes, the width does not jump far, and a screen reader hears it. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const t = useWords(kitWords);
  const [copied, setCopied] = useState(false);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      // Refused by the browser: the text itself stands beside the button and can be selected.
      () => setCopied(false),
    );
  };
  return (
    <>
      <button type="button" className="q-text-button" onClick={copy} onBlur={() => setCopied(false)}>
        {copied ? t.copied : (label ?? t.copy)}
      </button>
      <span className="q-hidden" role="status">
        {copied ? t.copied : ""}
      </span>
    </>
  );
}
