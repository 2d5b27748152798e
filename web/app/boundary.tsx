import { ApiProblem, Offline } from "#web/client/api.ts";
import { useLanguage } from "#web/kit/language.tsx";
import { ErrorState, Loading, NoRight, useLate } from "#web/kit/states.tsx";
import { useWords } from "#web/kit/words.ts";
import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { Component, Suspense, type ReactNode } from "react";

const words = {
  uk: {
    loading: "Завантажуємо",
    failed: "Не вдалося завантажити",
    safe: "Ваші дані на місці, нічого не втрачено.",
    offline: "Немає зв'язку",
    offlineSafe: "Перевірте мережу. Щойно зв'язок з'явиться, сторінка відкриється.",
    noRight: "Ця сторінка не для вашої ролі",
    whoGrants: "Доступ надає власник закладу. Звернення записується в журнал доступу.",
    gone: "Такого немає",
    goneWhy: "Можливо, його прибрали або адреса неповна.",
  },
  en: {
    loading: "Loading",
    failed: "Could not load",
    safe: "Your data are where they were, nothing is lost.",
    offline: "No connection",
    offlineSafe: "Check the network. The page opens as soon as the connection is back.",
    noRight: "This page is not for your role",
    whoGrants: "The clinic's owner grants access. Asking is written to the access ledger.",
    gone: "There is no such thing",
    goneWhy: "It may have been removed, or the address is incomplete.",
  },
};

type Props = { children: ReactNode; onRetry: () => void };

// React still asks for a class here: no hook catches what a child throws.
class Catch extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };
  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
  override render() {
    const retry = () => {
      this.props.onRetry();
      this.setState({ error: null });
    };
    return this.state.error ? <Failed error={this.state.error} retry={retry} /> : this.props.children;
  }
}

/** Loading and failing of a screen: grey blocks after 150 ms; what failed, what is safe, one retry; no right; not there. */
export function Boundary({
  children,
  heads,
}: {
  children: ReactNode;
  heads?: readonly { key: string; text: string }[];
}) {
  const { reset } = useQueryErrorResetBoundary();
  return (
    <Catch onRetry={reset}>
      <Suspense fallback={<Waiting {...(heads ? { heads } : {})} />}>{children}</Suspense>
    </Catch>
  );
}

const anyHeads = [
  { key: "a", text: "", share: 3 },
  { key: "b", text: "" },
  { key: "c", text: "" },
];

/** A head and rows in grey where the page's own will stand. */
function Waiting({ heads = anyHeads }: { heads?: readonly { key: string; text: string }[] }) {
  const t = useWords(words);
  const late = useLate(true);
  return (
    <div className="q-waiting">
      <h1 className="q-hidden">{t.loading}</h1>
      {late && <div className="q-waiting-head" aria-hidden />}
      <Loading heads={heads} rows={8} />
    </div>
  );
}

function Failed({ error, retry }: { error: Error; retry: () => void }) {
  const t = useWords(words);
  const { language } = useLanguage();
  if (error instanceof Offline)
    return (
      <ErrorState page title={t.offline} code="offline" onRetry={retry}>
        {t.offlineSafe}
      </ErrorState>
    );
  if (error instanceof ApiProblem && error.body.status === 403)
    return (
      <NoRight page title={t.noRight}>
        {t.whoGrants}
      </NoRight>
    );
  if (error instanceof ApiProblem && error.body.status === 404)
    return (
      <ErrorState page title={t.gone} code={error.body.request ?? error.body.code}>
        {error.body[language]} {t.goneWhy}
      </ErrorState>
    );
  const code = error instanceof ApiProblem ? (error.body.request ?? error.body.code) : "page";
  return (
    <ErrorState page title={t.failed} code={code} onRetry={retry}>
      {t.safe}
    </ErrorState>
  );
}
