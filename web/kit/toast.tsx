import { IconCheck } from "@tabler/icons-react";
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { Icon, type IconType } from "./icon.tsx";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./toast.css";

/** How long a toast stays, in seconds: long enough to read it, decide and reach it (bar R1). */
export const toastSeconds = 10;
/** How many past toasts the bell keeps. */
const keptToasts = 30;

export type Toast = { text: string; icon?: IconType; undo?: () => void };
type Shown = Toast & { id: number };
type Toasts = { show: (toast: Toast) => void; past: readonly Shown[] };

const ToastContext = createContext<Toasts>({ show: () => undefined, past: [] });

/** Says what was done and offers to take it back. Never for errors: those stand where they happened. */
export function useToast(): Toasts {
  return useContext(ToastContext);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const [past, setPast] = useState<readonly Shown[]>([]);
  const next = useRef(1);
  const show = useCallback((toast: Toast) => {
    const one = { ...toast, id: next.current++ };
    setShown((all) => [...all.slice(-2), one]);
    setPast((all) => [one, ...all].slice(0, keptToasts));
  }, []);
  const remove = useCallback((id: number) => setShown((all) => all.filter((one) => one.id !== id)), []);
  const toasts = useMemo(() => ({ show, past }), [show, past]);
  return (
    <ToastContext value={toasts}>
      {children}
      <div className="q-toasts q-no-print" role="status" aria-live="polite">
        {shown.map((toast) => (
          <UndoToast key={toast.id} toast={toast} onGone={() => remove(toast.id)} />
        ))}
      </div>
    </ToastContext>
  );
}

/** One dark toast; the time stands still under the pointer or the focus. */
export function UndoToast({ toast, onGone, still = false }: { toast: Toast; onGone: () => void; still?: boolean }) {
  const t = useWords(kitWords);
  const [left, setLeft] = useState(toastSeconds);
  const [held, setHeld] = useState(false);
  const gone = useRef(onGone);
  useEffect(() => {
    gone.current = onGone;
  });
  useEffect(() => {
    if (held || still) return undefined;
    const tick = setInterval(() => setLeft((seconds) => seconds - 1), 1000);
    return () => clearInterval(tick);
  }, [held, still]);
  useEffect(() => {
    if (left <= 0) gone.current();
  }, [left]);
  return (
    <div
      className="q-toast"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon of={toast.icon ?? IconCheck} size={20} />
      <span>{toast.text}</span>
      {toast.undo && (
        <>
          <button
            type="button"
            className="q-toast-undo"
            onClick={() => {
              toast.undo?.();
              onGone();
            }}
          >
            {t.undo}
          </button>
          <span className="q-toast-left" aria-hidden>
            {t.seconds(Math.max(left, 0))}
          </span>
        </>
      )}
    </div>
  );
}
