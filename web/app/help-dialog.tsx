import { Switch } from "#web/kit/choice.tsx";
import { Dialog } from "#web/kit/dialog.tsx";
import { useWords } from "#web/kit/words.ts";
import { helpWords } from "./help-words.ts";
import type { Preferences } from "./shell-types.ts";
import "./help-dialog.css";

type HelpProps = {
  open: boolean;
  onClose: () => void;
  preferences: Pick<Preferences, "singleKeys" | "onSingleKeys">;
};

/** Which keys do what, the switch for those without Ctrl, and whom to ask. In the same place on every page. */
export function HelpDialog({ open, onClose, preferences }: HelpProps) {
  const t = useWords(helpWords);
  return (
    <Dialog open={open} onClose={onClose} title={t.title} width={560}>
      <div className="q-help">
        {t.groups.map(({ name, keys }) => (
          <section key={name} aria-label={name}>
            <h3>{name}</h3>
            <dl>
              {keys.map(([pressed, what]) => (
                <div key={what}>
                  <dt>
                    {pressed.map((one) => (
                      <kbd key={one} className="q-kbd">
                        {one}
                      </kbd>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch label={t.singleKeys} checked={preferences.singleKeys} onChange={preferences.onSingleKeys} />
      <p className="q-meta">{t.singleKeysWhy}</p>
      <p className="q-meta">{t.ask}</p>
    </Dialog>
  );
}
