import type { ComponentProps, ReactNode } from "react";
import { Go } from "./go.tsx";
import { Icon, type IconType } from "./icon.tsx";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./button.css";

/** primary: the one of a view; plain: a choice; soft: a tool in a head; quiet: text; danger: what cannot be taken back. */
export type ButtonKind = "primary" | "plain" | "soft" | "quiet" | "danger" | "danger-fill";
/** default 36 px, bar 32, row 28, touch 44. */
export type ButtonSize = "default" | "bar" | "row" | "touch";

type Look = { kind?: ButtonKind; size?: ButtonSize; icon?: IconType; keys?: string };

type ButtonProps = Omit<ComponentProps<"button">, "disabled"> &
  Look & {
    /** Work is under way: width stays, the icon becomes a ring, presses do nothing. */
    busy?: boolean;
    /** Not available now; the button stays reachable so that its reason can be read. */
    off?: boolean;
    children: ReactNode;
  };

export const buttonClass = ({ kind = "plain", size = "default" }: Look, more = "") =>
  `q-button q-button-${kind} q-button-${size} ${more}`.trim();

/** A button says what it does by a verb; `off` needs its reason beside it (`Moves` does that). */
export function Button({ kind, size, icon, keys, busy, off, children, className, onClick, ...rest }: ButtonProps) {
  const t = useWords(kitWords);
  const still = busy === true || off === true;
  return (
    <button
      type="button"
      {...rest}
      className={buttonClass({ kind, size }, className)}
      aria-disabled={still || undefined}
      aria-busy={busy || undefined}
      data-off={off || undefined}
      onClick={(event) => {
        if (still) event.preventDefault();
        else onClick?.(event);
      }}
    >
      <Face icon={icon} busy={busy} keys={keys}>
        {children}
      </Face>
      {busy && <span className="q-hidden">{t.wait}</span>}
    </button>
  );
}

type LinkButtonProps = Look & { to: string; children: ReactNode };

/** A link that looks like a button: for going somewhere, not for doing. */
export function LinkButton({ to, kind, size, icon, keys, children }: LinkButtonProps) {
  return (
    <Go to={to} className={buttonClass({ kind, size })}>
      <Face icon={icon} keys={keys}>
        {children}
      </Face>
    </Go>
  );
}

type FaceProps = { icon?: IconType; busy?: boolean; keys?: string; children: ReactNode };

function Face({ icon, busy, keys, children }: FaceProps) {
  const ring = <span className="q-ring" aria-hidden />;
  // With no icon to swap, the ring stands in the place of the label, whose unseen copy holds the width: a word is never cut.
  if (busy && !icon) {
    return (
      <span className="q-button-busy">
        <span className="q-button-ghost" aria-hidden>
          {children}
        </span>
        <span className="q-button-over">
          {ring}
          <span className="q-hidden">{children}</span>
        </span>
      </span>
    );
  }
  return (
    <>
      {busy ? ring : icon && <Icon of={icon} size={16} />}
      <span>{children}</span>
      {keys && <Kbd>{keys}</Kbd>}
    </>
  );
}

type IconButtonProps = Omit<ComponentProps<"button">, "children"> & { icon: IconType; label: string; size?: number };

/** For × ⋯ ‹ ›, bell, help, print, export, columns, which everybody knows; `label` is its name. */
export function IconButton({ icon, label, size = 20, className, ...rest }: IconButtonProps) {
  return (
    <button type="button" {...rest} className={`q-icon-button ${className ?? ""}`} aria-label={label} title={label}>
      <Icon of={icon} size={size} />
    </button>
  );
}

/** A key of the keyboard, drawn; screen readers hear it from the help page. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="q-kbd" aria-hidden>
      {children}
    </kbd>
  );
}
