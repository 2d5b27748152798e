import { IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { IconButton } from "./button.tsx";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./page.css";

type OverlayHeadProps = { heading: ReactNode; aside?: ReactNode; onClose: () => void };

/** Heading and close of a dialog or drawer. Not a `header`: inside a dialog that would count as a second banner. */
export function OverlayHead({ heading, aside, onClose }: OverlayHeadProps) {
  const t = useWords(kitWords);
  return (
    <div className="q-overlay-head">
      {heading}
      {aside}
      <IconButton icon={IconX} label={t.close} onClick={onClose} />
    </div>
  );
}
