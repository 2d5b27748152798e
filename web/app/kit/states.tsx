import { Button } from "#web/kit/button.tsx";
import { Conflict } from "#web/kit/conflict.tsx";
import { ErrorSummary } from "#web/kit/error-summary.tsx";
import { TextField } from "#web/kit/field.tsx";
import { FilterChips } from "#web/kit/filter-chips.tsx";
import { Icon } from "#web/kit/icon.tsx";
import { OfflineBar } from "#web/kit/offline-bar.tsx";
import { EmptyFiltered, EmptyFirst, ErrorState, Loading, NoRight } from "#web/kit/states.tsx";
import { UndoToast, useToast } from "#web/kit/toast.tsx";
import { useWords } from "#web/kit/words.ts";
import { IconDeviceFloppy, IconQrcode, IconWifi } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { kitPageWords } from "./words.ts";

const nothing = () => undefined;

function Pane({ words, bar, children }: { words: readonly string[]; bar?: ReactNode; children: ReactNode }) {
  return (
    <section className="q-kit-pane" aria-label={words[0]}>
      <div className="q-kit-pane-head">
        <h2>{words[0]}</h2> <span>{words[1]}</span>
      </div>
      {bar}
      <div className="q-kit-pane-body">{children}</div>
    </section>
  );
}

/** The nine patterns of state, each as a screen would show it. */
export function States() {
  const t = useWords(kitPageWords);
  return (
    <div className="q-kit-panes">
      <Pane words={t.state.loading}>
        <Loading
          now
          heads={[
            { key: "code", text: t.columns.code, share: 1 },
            { key: "what", text: t.columns.what, share: 3 },
            { key: "due", text: t.columns.due, right: true, share: 1 },
          ]}
        />
      </Pane>
      <Pane words={t.state.empty}>
        <EmptyFirst
          title={t.emptyTitle}
          moves={
            <>
              <Button kind="primary" icon={IconQrcode}>
                {t.printQr}
              </Button>
              <Button kind="soft">{t.sample}</Button>
            </>
          }
        >
          {t.emptyText}
        </EmptyFirst>
      </Pane>
      <Pane words={t.state.filtered}>
        <FilterChips
          chips={[
            { key: "harm", name: t.harm, value: t.severe, onLift: nothing },
            { key: "period", name: t.period, value: t.november, onLift: nothing },
          ]}
        />
        <EmptyFiltered title={t.filteredTitle} lift={t.lift} onLift={nothing}>
          {t.filteredText}
        </EmptyFiltered>
      </Pane>
      <Pane words={t.state.error}>
        <ErrorState title={t.errorTitle} code="7F3K-92QD" onRetry={nothing}>
          {t.errorText}
        </ErrorState>
      </Pane>
      <Pane words={t.state.offline} bar={<OfflineBar kept={3} onShow={nothing} />}>
        <ul className="q-kit-waiting">
          {t.waiting.map((name, at) => (
            <li key={name}>
              <span className="q-warn">
                <Icon of={IconDeviceFloppy} />
              </span>
              {name}
              <span className="q-meta">{t.waitingWhen[at]}</span>
            </li>
          ))}
        </ul>
      </Pane>
      <Pane words={t.state.right}>
        <NoRight title={t.rightTitle} onAsk={nothing}>
          {t.rightText}
        </NoRight>
      </Pane>
      <Pane words={t.state.conflict}>
        <Conflict
          title={t.conflictTitle}
          remark={t.conflictText}
          mine={{ when: "15:24", text: t.mine }}
          theirs={{ who: t.olena, when: "15:22", text: t.theirs }}
          onKeep={nothing}
          onTake={nothing}
          onMerge={nothing}
        />
      </Pane>
      <FormPane />
      <UndoPane />
    </div>
  );
}

function FormPane() {
  const t = useWords(kitPageWords);
  const [attempt, setAttempt] = useState(0);
  return (
    <Pane words={t.state.form}>
      <form
        noValidate
        className="q-kit-stack"
        onSubmit={(event) => {
          event.preventDefault();
          setAttempt(attempt + 1);
        }}
      >
        <ErrorSummary
          attempt={attempt}
          problems={[
            { field: "kit-what", text: t.whatError },
            { field: "kit-when", text: t.whenError },
          ]}
        />
        <div className="q-kit-pair">
          <TextField id="kit-what" label={t.what} error={t.whatError} />
          <TextField id="kit-when" label={t.when} error={t.whenError} defaultValue="25.11, 09:00" />
        </div>
        <Button type="submit">{t.tryAgain}</Button>
      </form>
    </Pane>
  );
}

function UndoPane() {
  const t = useWords(kitPageWords);
  const { show } = useToast();
  return (
    <Pane words={t.state.undo}>
      <div className="q-kit-stack">
        <UndoToast still toast={{ text: t.moved, undo: nothing }} onGone={nothing} />
        <UndoToast still toast={{ text: t.back, icon: IconWifi }} onGone={nothing} />
        <p className="q-meta">{t.toastNote}</p>
        <Button kind="soft" size="bar" onClick={() => show({ text: t.moved, undo: nothing })}>
          {t.showToast}
        </Button>
      </div>
    </Pane>
  );
}
