import { useMaybe } from "#web/client/hooks.ts";
import { Section } from "#web/kit/section.tsx";
import { useFormat } from "#web/kit/use-format.ts";
import { useWords } from "#web/kit/words.ts";
import { readThemes, type Theme } from "../contract.ts";
import { surveyWords } from "../words.ts";
import "./feedback.css";

type Props = {
  asked: { surveyId: string; period: string };
  chosen: Theme | undefined;
  onChoose: (theme: Theme | undefined) => void;
};

/** What people write about: praise to the left, wishes to the right of one line; a press shows the texts. */
export function ThemesPanel({ asked, chosen, onChoose }: Props) {
  const t = useWords(surveyWords);
  const found = useMaybe(readThemes, { params: { id: asked.surveyId }, query: { period: asked.period } });
  if (!found) return null;
  const most = Math.max(1, ...found.items.flatMap(({ praise, asks }) => [praise, asks]));
  return (
    <Section
      title={t.themesTitle}
      aside={
        found.items.length > 0 && (
          <span className="q-theme-legend q-meta" aria-hidden>
            <span data-side="praise">{t.praise}</span>
            <span data-side="asks">{t.asks}</span>
          </span>
        )
      }
    >
      {found.items.length === 0 ? (
        <p className="q-muted">{found.texts === null ? t.themesFew : t.themesNone}</p>
      ) : (
        <ul className="q-themes">
          {found.items.map((item) => (
            <ThemeRow
              key={item.theme}
              item={item}
              most={most}
              on={item.theme === chosen}
              onPress={() => onChoose(item.theme === chosen ? undefined : item.theme)}
            />
          ))}
        </ul>
      )}
      {found.items.length > 0 && <p className="q-meta">{t.themesHow}</p>}
    </Section>
  );
}

type Item = { theme: Theme; praise: number; asks: number };
/** Where the line between praise and wishes stands, in hundredths of the bar's width, and the longest bar on either side. */
const middle = 50;

function ThemeRow({ item, most, on, onPress }: { item: Item; most: number; on: boolean; onPress: () => void }) {
  const t = useWords(surveyWords);
  const format = useFormat();
  const [praise, asks] = [format.number(item.praise), format.number(item.asks)];
  const length = (n: number) => (n / most) * middle;
  return (
    <li>
      <button
        type="button"
        className="q-theme"
        aria-pressed={on}
        aria-label={t.themeSays(t.themes[item.theme], praise, asks)}
        onClick={onPress}
      >
        <span className="q-theme-name">{t.themes[item.theme]}</span>
        <span className="q-theme-count">{praise}</span>
        <svg className="q-theme-bar" width="100%" height="10" aria-hidden>
          <rect
            data-side="praise"
            x={`${middle - length(item.praise)}%`}
            width={`${length(item.praise)}%`}
            height="10"
          />
          <rect data-side="asks" x={`${middle}%`} width={`${length(item.asks)}%`} height="10" />
          <line x1={`${middle}%`} x2={`${middle}%`} y1="0" y2="10" />
        </svg>
        <span className="q-theme-count">{asks}</span>
      </button>
    </li>
  );
}
