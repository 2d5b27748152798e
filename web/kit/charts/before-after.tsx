import { IconArrowRight } from "@tabler/icons-react";
import { Icon } from "../icon.tsx";
import { useFormat } from "../use-format.ts";
import { useWords } from "../words.ts";
import { chartWords } from "./chart-words.ts";
import "./charts.css";

type Share = { name: string; x: number; n: number };
type BeforeAfterProps = {
  before: Share;
  after: Share;
  /** In percentage points, with the ends of its 95 % interval. */ difference: {
    value: number;
    low: number;
    high: number;
  };
};

/** Did it help: two shares with x of n, and the difference; blue only if its interval leaves zero. */
export function BeforeAfter({ before, after, difference }: BeforeAfterProps) {
  const t = useWords(chartWords);
  const format = useFormat();
  const proven = difference.low > 0 || difference.high < 0;
  const side = (share: Share, muted: boolean) => (
    <div>
      <dt className="q-meta">{share.name}</dt>
      <dd className={`q-number-hero${muted ? " q-muted" : ""}`}>
        {format.percent(share.n === 0 ? 0 : share.x / share.n)}
      </dd>
      <dd className="q-meta">{t.of(format.number(share.x), format.number(share.n))}</dd>
    </div>
  );
  return (
    <dl className="q-before-after">
      {side(before, true)}
      <div aria-hidden className="q-before-arrow">
        <Icon of={IconArrowRight} />
      </div>
      {side(after, false)}
      <div className="q-before-difference">
        <dt className="q-meta">{t.difference}</dt>
        <dd className={`q-number-hero${proven ? " q-better" : ""}`}>{format.signed(difference.value)}</dd>
        <dd className="q-meta">
          {t.interval(format.number(difference.low, 1), format.number(difference.high, 1))} {t.points100}
        </dd>
      </div>
    </dl>
  );
}
