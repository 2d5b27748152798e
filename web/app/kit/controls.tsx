import { Button, IconButton, Kbd, LinkButton } from "#web/kit/button.tsx";
import { Check, Options, Segments, Switch } from "#web/kit/choice.tsx";
import { DateField } from "#web/kit/date-field.tsx";
import { ChoiceField, PasswordField, TextAreaField, TextField } from "#web/kit/field.tsx";
import { AddFilter, FilterChips, ToggleChip } from "#web/kit/filter-chips.tsx";
import { Menu } from "#web/kit/menu.tsx";
import { Moves } from "#web/kit/moves.tsx";
import { Person } from "#web/kit/person.tsx";
import { Section } from "#web/kit/section.tsx";
import { Tag } from "#web/kit/tag.tsx";
import { useWords } from "#web/kit/words.ts";
import { IconDownload, IconPrinter, IconTarget } from "@tabler/icons-react";
import { useState } from "react";
import { kitPageWords } from "./words.ts";

const nothing = () => undefined;

/** Buttons, fields, choices, tags and chips in each of their states. */
export function Controls() {
  const t = useWords(kitPageWords);
  return (
    <>
      <Section title={t.buttons}>
        <div className="q-kit-stack">
          <div className="q-row">
            <Button kind="primary">{t.save}</Button>
            <Button>{t.move}</Button>
            <Button kind="soft" icon={IconPrinter}>
              {t.print}
            </Button>
            <Button kind="quiet">{t.cancel}</Button>
            <Button kind="danger">{t.remove}</Button>
            <Button kind="danger-fill">{t.remove}</Button>
            <Button off>{t.unavailable}</Button>
          </div>
          <div className="q-row">
            <Button kind="primary" size="row">
              {t.sign}
            </Button>
            <Button kind="soft" size="row" icon={IconTarget}>
              {t.action}
            </Button>
            <Button kind="soft" size="bar" keys="T">
              {t.day}
            </Button>
            <Button kind="primary" size="touch">
              {t.touch}
            </Button>
            <Button kind="primary" busy>
              {t.save}
            </Button>
            <Button icon={IconPrinter} busy>
              {t.print}
            </Button>
            <LinkButton to="/kit" kind="plain">
              {t.change}
            </LinkButton>
            <IconButton icon={IconDownload} label={t.export} />
            <Kbd>Ctrl K</Kbd>
            <Person name="Олена Гай" />
            <Person name="Соломія Верес" tone="primary" />
          </div>
          <Moves
            label={t.moves}
            moves={[
              { name: "investigate", label: t.investigate, run: nothing },
              { name: "reject", label: t.reject, run: nothing, danger: true },
              { name: "close", label: t.close, run: nothing, reason: t.closeReason },
            ]}
          />
        </div>
      </Section>
      <Fields />
      <Choices />
    </>
  );
}

function Fields() {
  const t = useWords(kitPageWords);
  const [note, setNote] = useState(t.noteText);
  const [birth, setBirth] = useState<string | null>("1990-02-28");
  const [department, setDepartment] = useState<string | null>("therapy");
  return (
    <Section title={t.fields}>
      <div className="q-kit-fields">
        <TextField label={t.surname} defaultValue="Клименко" />
        <TextField label={t.phone} hint={t.phoneHint} defaultValue="+380 00 412" inputMode="tel" />
        <TextField label={t.birth} defaultValue="31.02.1990" error={t.birthError} />
        <DateField label={t.birth} value={birth} onChange={setBirth} />
        <ChoiceField
          label={t.department}
          value={department}
          onChange={setDepartment}
          options={[
            { value: "therapy", label: t.therapy },
            { value: "ultrasound", label: t.ultrasound },
          ]}
        />
        <PasswordField label={t.password} showLabel={t.showPassword} defaultValue="correct horse" autoComplete="off" />
        <TextAreaField label={t.note} value={note} most={60} onChange={(event) => setNote(event.target.value)} />
        <TextField label={t.surname} size="touch" defaultValue="Клименко" />
      </div>
    </Section>
  );
}

function Choices() {
  const t = useWords(kitPageWords);
  const [consent, setConsent] = useState(true);
  const [without, setWithout] = useState(false);
  const [remind, setRemind] = useState(true);
  const [answer, setAnswer] = useState<"yes" | "no">("yes");
  const [period, setPeriod] = useState<"day" | "week">("day");
  const [doctors, setDoctors] = useState(true);
  return (
    <>
      <Section title={t.choice}>
        <div className="q-row q-kit-wide">
          <Check label={t.consent} checked={consent} onChange={setConsent} />
          <Check label={t.noConsent} checked={without} onChange={setWithout} />
          <Switch label={t.remind} checked={remind} onChange={setRemind} />
          <Segments
            label={t.period}
            value={period}
            onChange={setPeriod}
            options={[
              { value: "day", label: t.day },
              { value: "week", label: t.week },
            ]}
          />
          <Options
            label={t.answer}
            value={answer}
            onChange={setAnswer}
            options={[
              { value: "yes", label: t.yes },
              { value: "no", label: t.no },
            ]}
          />
        </div>
      </Section>
      <Section title={t.tags}>
        <div className="q-kit-stack">
          <div className="q-row">
            <Tag tone="bad">{t.late}</Tag>
            <Tag tone="warn">{t.until}</Tag>
            <Tag tone="ok">{t.worked}</Tag>
            <Tag tone="info">{t.fresh}</Tag>
            <Tag tone="violet">{t.draft}</Tag>
            <Tag tone="primary">{t.causeTag}</Tag>
            <Tag>{t.process}</Tag>
          </div>
          <FilterChips
            chips={[
              { key: "site", name: t.site, value: t.central, onLift: nothing },
              { key: "period", name: t.period, value: t.november, onOpen: nothing },
            ]}
            add={
              <>
                <ToggleChip on={doctors} onChange={setDoctors}>
                  {t.doctors}
                </ToggleChip>
                <Menu groups={[{ entries: [{ key: "harm", label: t.harm, run: nothing }] }]}>
                  <AddFilter />
                </Menu>
              </>
            }
            onClear={nothing}
          />
        </div>
      </Section>
    </>
  );
}
