import { grantableTypes, type GrantableType } from "#core/access/rights.ts";
import { Check } from "#web/kit/choice.tsx";
import { FieldError } from "#web/kit/field.tsx";
import { useWords } from "#web/kit/words.ts";
import { memberWords } from "../words.ts";

/** Types one person can hold at a time, as the contract has it. */
export const typesMost = 6;

type TypeChecksProps = {
  chosen: readonly GrantableType[];
  onChange: (chosen: GrantableType[]) => void;
  error?: string | undefined;
};

/** What a person will do here: one or more of the user types. */
export function TypeChecks({ chosen, onChange, error }: TypeChecksProps) {
  const t = useWords(memberWords);
  return (
    <fieldset id="types" tabIndex={-1}>
      <legend className="q-options-legend">{t.access}</legend>
      <div className="q-options">
        {grantableTypes.map((type) => (
          <Check
            key={type}
            label={t.types[type]}
            checked={chosen.includes(type)}
            onChange={(on) =>
              onChange(on ? [...chosen, type].slice(0, typesMost) : chosen.filter((one) => one !== type))
            }
          />
        ))}
      </div>
      {error && (
        <div className="q-bad q-meta">
          <FieldError>{error}</FieldError>
        </div>
      )}
    </fieldset>
  );
}
