import { listMembers } from "#product/clinic/members/contract.ts";
import { listIndicators } from "#product/control/indicators/contract.ts";
import { useMaybe, useSend } from "#web/client/hooks.ts";
import { Button } from "#web/kit/button.tsx";
import { Check, Options } from "#web/kit/choice.tsx";
import { DateField } from "#web/kit/date-field.tsx";
import { Drawer } from "#web/kit/drawer.tsx";
import { ErrorSummary } from "#web/kit/error-summary.tsx";
import { ChoiceField } from "#web/kit/field.tsx";
import { Form } from "#web/kit/form.tsx";
import { useLanguage } from "#web/kit/language.tsx";
import { Refusal } from "#web/kit/refusal.tsx";
import { useNow } from "#web/kit/use-now.ts";
import { useWords } from "#web/kit/words.ts";
import { dayIn } from "#web/kit/zoned.ts";
import { useState } from "react";
import { planAction, type Action } from "../contract.ts";
import { categories, categoryNames, type Category } from "../states.ts";
import { ActionConflict } from "./action-conflict.tsx";
import { actionScreenWords } from "./action-words.ts";
import { useActionWords } from "./embed.tsx";
import { useMoveForm } from "./use-action.ts";

type Direction = "increase" | "decrease";
const directions = ["increase", "decrease"] as const satisfies readonly Direction[];
type Asked = {
  ownerId: string | null;
  dueOn: string | null;
  category: Category | null;
  noCheck: boolean;
  indicator: string | null;
  direction: Direction | null;
  checkOn: string | null;
};
const always = ["ownerId", "dueOn", "category"] as const;
const withCheck = ["indicator", "direction", "checkOn"] as const;
type Field = (typeof always)[number] | (typeof withCheck)[number];
/** An effect is looked at four weeks after the due date unless somebody says otherwise. */
const checkAfterDays = 28;
const checkEarliestDays = 7;

const lacking = (asked: Asked): Field[] =>
  [...always, ...(asked.noCheck ? [] : withCheck)].filter((field) => asked[field] === null);

function usePlan(action: Action, close: () => void) {
  const plan = useSend(planAction);
  const [asked, setAsked] = useState<Asked>({
    ownerId: action.owner?.id ?? null,
    dueOn: action.dueOn,
    category: action.category,
    noCheck: false,
    indicator: action.indicator,
    direction: action.effectDirection,
    checkOn: action.checkOn,
  });
  const form = useMoveForm(plan, {
    action,
    name: "plan",
    close,
    send: (version) => {
      const { ownerId, dueOn, category, indicator, direction, checkOn, noCheck } = asked;
      if (!ownerId || !dueOn || !category || lacking(asked).length > 0) return undefined;
      const effect = !noCheck && indicator && direction && checkOn ? { indicator, direction, checkOn } : undefined;
      return plan.send({
        params: { code: action.code },
        body: { version, ownerId, dueOn, category, noCheck, ...(effect ? { effect } : {}) },
      });
    },
  });
  return { asked, form, change: (change: Partial<Asked>) => setAsked({ ...asked, ...change }) };
}

/** Who, by when, what exactly changes (which sets the strength), and how we shall see that it worked. */
export function PlanDrawer({ action, close }: { action: Action; close: () => void }) {
  const t = useWords(actionScreenWords);
  const names = useActionWords();
  const { timeZone } = useLanguage();
  const now = useNow();
  const members = (useMaybe(listMembers) ?? []).filter((one) => one.state === "active");
  const { asked, change, form } = usePlan(action, close);
  const [attempt, setAttempt] = useState(0);
  const missing = attempt > 0 ? lacking(asked) : [];
  const errorOf = (field: Field) => (missing.includes(field) ? t.missing : undefined);
  const labels: Record<Field, string> = {
    ownerId: t.facts.owner,
    dueOn: t.facts.due,
    category: t.facts.category,
    indicator: t.checkIndicator,
    direction: t.checkDirection,
    checkOn: t.checkOn,
  };
  const press = () => {
    setAttempt(attempt + 1);
    void form.press();
  };
  const owner = members.find((one) => one.id === asked.ownerId)?.name ?? "";
  const mine = [owner, asked.dueOn, asked.category ? names.categories[asked.category] : ""].filter(Boolean).join(" · ");
  return (
    <Drawer
      open
      onClose={close}
      title={t.planTitle}
      foot={
        <>
          <Button kind="primary" busy={form.busy} onClick={press}>
            {t.moves["plan"] ?? ""}
          </Button>
          <Button kind="quiet" onClick={close}>
            {t.leaveAs}
          </Button>
        </>
      }
    >
      <Form label={t.planTitle} onSend={press}>
        <ErrorSummary
          attempt={attempt}
          problems={missing.map((field) => ({ field, text: `${labels[field]}: ${t.missing}` }))}
        />
        <ActionConflict form={form} mine={mine} action={action} drop={close} />
        <Refusal refused={form.faster ? undefined : form.refused} />
        <ChoiceField
          id="ownerId"
          label={labels.ownerId}
          searchable
          value={asked.ownerId}
          error={errorOf("ownerId")}
          onChange={(ownerId) => change({ ownerId })}
          options={members.map((one) => ({ value: one.id, label: one.name }))}
        />
        <DateField
          id="dueOn"
          label={labels.dueOn}
          value={asked.dueOn}
          min={dayIn(now, timeZone)}
          error={errorOf("dueOn")}
          onChange={(dueOn) =>
            change({
              dueOn,
              // noon: a day of the calendar stays itself in any zone
              ...(dueOn && !asked.checkOn ? { checkOn: dayIn(`${dueOn}T12:00:00Z`, "UTC", checkAfterDays) } : {}),
            })
          }
        />
        <ChoiceField
          id="category"
          label={labels.category}
          searchable
          value={asked.category}
          error={errorOf("category")}
          onChange={(value) => change({ category: categoryNames.find((one) => one === value) ?? null })}
          options={categoryNames.map((one) => ({
            value: one,
            label: `${names.categories[one]} · ${names.strengths[categories[one]]}`,
          }))}
        />
        {action.kind === "correction" && (
          <Check label={t.withoutCheck} checked={asked.noCheck} onChange={(noCheck) => change({ noCheck })} />
        )}
        {!asked.noCheck && <CheckFields asked={asked} change={change} labels={labels} errorOf={errorOf} />}
      </Form>
    </Drawer>
  );
}

type CheckProps = {
  asked: Asked;
  change: (change: Partial<Asked>) => void;
  labels: Record<Field, string>;
  errorOf: (field: Field) => string | undefined;
};

function CheckFields({ asked, change, labels, errorOf }: CheckProps) {
  const t = useWords(actionScreenWords);
  const { language } = useLanguage();
  const indicators = useMaybe(listIndicators) ?? [];
  return (
    <>
      <ChoiceField
        id="indicator"
        label={labels.indicator}
        searchable
        value={asked.indicator}
        error={errorOf("indicator")}
        onChange={(indicator) =>
          change({
            indicator,
            direction: indicators.find((one) => one.code === indicator)?.direction ?? asked.direction,
          })
        }
        options={indicators.map((one) => ({ value: one.code, label: `${one.code} ${one.name[language]}` }))}
      />
      <Options
        label={labels.direction}
        value={asked.direction}
        onChange={(direction) => change({ direction })}
        error={errorOf("direction")}
        options={directions.map((one) => ({ value: one, label: t.direction[one] }))}
      />
      <DateField
        id="checkOn"
        label={labels.checkOn}
        hint={t.checkHint}
        value={asked.checkOn}
        {...(asked.dueOn ? { min: dayIn(`${asked.dueOn}T12:00:00Z`, "UTC", checkEarliestDays) } : {})}
        error={errorOf("checkOn")}
        onChange={(checkOn) => change({ checkOn })}
      />
    </>
  );
}
