import { IconAlertCircle, IconLock } from "@tabler/icons-react";
import { useEffect, useState, type ReactNode } from "react";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { Icon } from "./icon.tsx";
import { kitWords } from "./kit-words.ts";
import { useWords } from "./words.ts";
import "./states.css";

/** Sooner than this a wait is not felt, and blocks that flash would be. */
const patienceMs = 150;

/** True once the wait has become long enough to be shown. */
export function useLate(waiting: boolean, ms = patienceMs): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setTimeout(() => setLate(true), ms);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [waiting, ms]);
  return waiting && late;
}

type LoadingProps = {
  /** The real heads of the table to come. */
  heads: readonly { key: string; text: string; right?: boolean; share?: number }[];
  rows?: number;
  /** Shows at once, for the kit page. */
  now?: boolean;
};

// Uneven, as words are; the same on every visit so that nothing flickers.
const lengths = [0.86, 0.66, 1, 0.76, 0.9, 0.6, 0.8, 0.7];

/** Grey blocks of the real size under real heads, after 150 ms; never a spinner. */
export function Loading({ heads, rows = 5, now = false }: LoadingProps) {
  const t = useWords(kitWords);
  const late = useLate(!now);
  return (
    <div className="q-loading" aria-busy="true">
      <span className="q-hidden" role="status">
        {t.loading}
      </span>
      {(late || now) && (
        <div aria-hidden>
          <div className="q-loading-row q-loading-heads">
            {heads.map((head) => (
              <span key={head.key} data-right={head.right || undefined} style={{ flexGrow: head.share ?? 1 }}>
                {head.text}
              </span>
            ))}
          </div>
          {Array.from({ length: rows }, (_, row) => (
            <div className="q-loading-row" key={row}>
              {heads.map((head, at) => (
                <span key={head.key} data-right={head.right || undefined} style={{ flexGrow: head.share ?? 1 }}>
                  <i
                    style={{
                      width:
                        at === 0 || head.right ? "64px" : `${(lengths[(row * 3 + at) % lengths.length] ?? 0.7) * 72}%`,
                    }}
                  />
                </span>
              ))}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

type StateProps = {
  title: string;
  children: ReactNode;
  moves?: ReactNode;
  remark?: ReactNode;
  mark?: ReactNode;
  /** It stands in the place of the whole page, so its title is the page's heading. */
  page?: boolean | undefined;
};

function State({ title, children, moves, remark, mark, page = false }: StateProps) {
  const Heading = page ? "h1" : "h2";
  useEffect(() => {
    if (page) document.title = `${title} · QMS`;
  }, [page, title]);
  return (
    <div className="q-state">
      {mark}
      <Heading tabIndex={page ? -1 : undefined}>{title}</Heading>
      <p>{children}</p>
      {moves && <div className="q-row">{moves}</div>}
      {remark && <div className="q-meta q-state-remark">{remark}</div>}
    </div>
  );
}

/** Nothing yet: one sentence, one primary button, one sample. */
export function EmptyFirst({ title, children, moves }: Pick<StateProps, "title" | "children" | "moves">) {
  return (
    <State title={title} moves={moves}>
      {children}
    </State>
  );
}

/** Nothing behind these filters: says which one hides how many, and lifts that one. */
export function EmptyFiltered({ title, children, lift, onLift }: StateProps & { lift: string; onLift: () => void }) {
  return (
    <State
      title={title}
      moves={
        <Button kind="soft" onClick={onLift}>
          {lift}
        </Button>
      }
    >
      {children}
    </State>
  );
}

type ErrorStateProps = {
  title: string;
  children: ReactNode;
  code: string;
  onRetry?: () => void;
  busy?: boolean;
  page?: boolean;
};

/** What failed (title), what is safe (children), one retry, and the code support asks for. */
export function ErrorState({ title, children, code, onRetry, busy, page }: ErrorStateProps) {
  const t = useWords(kitWords);
  return (
    <div role="alert">
      <State
        page={page}
        title={title}
        mark={
          <span className="q-bad">
            <Icon of={IconAlertCircle} size={24} />
          </span>
        }
        moves={
          onRetry && (
            <Button kind="primary" busy={busy} onClick={onRetry}>
              {t.retry}
            </Button>
          )
        }
        remark={
          <>
            {t.support} <span className="q-code">{code}</span> <CopyButton text={code} />
          </>
        }
      >
        {children}
      </State>
    </div>
  );
}

/** No right to see this: who grants it, how to ask, and that asking is logged. */
export function NoRight({
  title,
  children,
  onAsk,
  busy,
  page,
}: {
  title: string;
  children: ReactNode;
  onAsk?: () => void;
  busy?: boolean;
  page?: boolean;
}) {
  const t = useWords(kitWords);
  return (
    <State
      page={page}
      title={title}
      mark={
        <span className="q-muted">
          <Icon of={IconLock} size={24} />
        </span>
      }
      moves={
        onAsk && (
          <Button kind="plain" busy={busy} onClick={onAsk}>
            {t.askAccess}
          </Button>
        )
      }
      remark={t.accessLogged}
    >
      {children}
    </State>
  );
}

/** An address behind which there is nothing: says so and leads on. */
export function NotThere({ title, children, moves }: Pick<StateProps, "title" | "children" | "moves">) {
  return (
    <State page title={title} moves={moves}>
      {children}
    </State>
  );
}
