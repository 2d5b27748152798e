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
  const scale = scaleOf(found.items);
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
              scale={scale}
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
/** In hundredths of the bar's width: where the line stands, and how long one text is. Both sides share one measure. */
type Scale = { middle: number; each: number };

function scaleOf(items: readonly Item[]): Scale {
  const praise = Math.max(0, ...items.map((item) => item.praise));
  const all = Math.max(1, praise + Math.max(0, ...items.map((item) => item.asks)));
  return { middle: (praise / all) * 100, each: 100 / all };
}

type RowProps = { item: Item; scale: Scale; on: boolean; onPress: () => void };

function ThemeRow({ item, scale: { middle, each }, on, onPress }: RowProps) {
  const t = useWords(surveyWords);
  const format = useFormat();
  const [praise, asks] = [format.number(item.praise), format.number(item.asks)];
  const left = item.praise * each;
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
          <rect data-side="praise" x={`${middle - left}%`} width={`${left}%`} height="10" />
          <rect data-side="asks" x={`${middle}%`} width={`${item.asks * each}%`} height="10" />
          <line x1={`${middle}%`} x2={`${middle}%`} y1="0" y2="10" />
        </svg>
        <span className="q-theme-count">{asks}</span>
      </button>
    </li>
  );
}
