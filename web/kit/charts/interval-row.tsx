import { useFormat } from "../use-format.ts";
import { useWords } from "../words.ts";
import { chartWords } from "./chart-words.ts";
import { linear } from "./scale.ts";
import { useWidth } from "./use-width.ts";
import "./charts.css";

type IntervalRowProps = {
  low: number;
  value: number;
  high: number;
  domain: readonly [number, number];
  reference?: number;
  digits?: number;
};

/** One row's value with its interval; the dashed line is the whole clinic and runs through all rows. */
export function IntervalRow({ low, value, high, domain, reference, digits = 1 }: IntervalRowProps) {
  const t = useWords(chartWords);
  const format = useFormat();
  const [box, width] = useWidth<HTMLDivElement>(260);
  const x = linear(domain, [6, width - 6]);
  const [from, to] = [x(Math.max(low, domain[0])), x(Math.min(high, domain[1]))];
  const label = `${format.number(value, digits)}, ${t.interval(format.number(low, digits), format.number(high, digits))}`;
  return (
    <div className="q-interval" ref={box}>
      <svg role="img" aria-label={label} width={width} height="100%" preserveAspectRatio="none">
        {reference !== undefined && (
          <line className="q-reference" x1={x(reference)} x2={x(reference)} y1="0" y2="100%" />
        )}
        <svg y="50%" overflow="visible">
          <path className="q-whisker" d={`M${from} -4v8M${to} -4v8M${from} 0H${to}`} />
          <circle className="q-whisker-value" cx={x(value)} cy="0" r="4.5" />
        </svg>
      </svg>
    </div>
  );
}

/** The scale over a column of intervals, at the given round values. */
export function IntervalScale({ ticks, domain }: { ticks: readonly number[]; domain: readonly [number, number] }) {
  const [box, width] = useWidth<HTMLDivElement>(260);
  const x = linear(domain, [6, width - 6]);
  return (
    <div className="q-interval-scale" ref={box}>
      {ticks.map((tick) => (
        <span key={tick} style={{ left: x(tick) }}>
          {tick}
        </span>
      ))}
    </div>
  );
}
