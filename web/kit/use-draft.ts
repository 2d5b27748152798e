import { useContext, useRef, useState } from "react";
import { Drafts, type Kept } from "./drafts.ts";

/** What a person is writing: kept on this device with each key press until it is sent or thrown away. */
export type Draft = {
  text: string;
  /** When it was last kept (ISO 8601), or undefined while there is nothing. */
  at?: string;
  /** Version of the thing when the writing began: the server compares it with what others wrote meanwhile. */
  base: number;
  write: (text: string) => void;
  /** The person's own move made this version: a draft begun just before it goes on from it, a later one begins there. */
  follow: (version: number) => void;
  clear: () => void;
};

/** A draft under a key that names person, thing and field; `version` is the thing's as it is shown now. */
export function useDraft(key: string, version = 1): Draft {
  const drafts = useContext(Drafts);
  const [kept, setKept] = useState<Kept | undefined>(() => drafts.read(key));
  // known before the page is drawn anew: a key pressed in between must not begin from the version before the own move
  const own = useRef(0);
  const keep = (next: Kept | undefined) => {
    setKept(next);
    drafts.keep(key, next);
  };
  return {
    text: kept?.text ?? "",
    ...(kept ? { at: kept.at } : {}),
    base: kept?.base ?? version,
    write: (text) =>
      keep(
        text === ""
          ? undefined
          : { text, at: new Date().toISOString(), base: kept?.base ?? Math.max(version, own.current) },
      ),
    follow: (next) => {
      own.current = next;
      // what is kept now, not what was drawn: the person may have typed on while the answer travelled
      const latest = drafts.read(key);
      if (latest?.base === next - 1) keep({ ...latest, base: next });
    },
    clear: () => keep(undefined),
  };
}
