import type { ChartPoint } from "./chart-data.ts";
import type { Layout } from "./layout.ts";
import { PointMark } from "./marks.tsx";

type PointPopoverProps = { layout: Layout; point: ChartPoint; at: number; value: string; share: string };

/** Widest popover, px; it opens to the side where there is room. */
const popoverWidth = 236;

/** Value, x of n, and the rule in words, beside the point. Seen; the reader's aria-valuetext says the same. */
export function PointPopover({ layout, point, at, value, share }: PointPopoverProps) {
  const x = layout.x(at);
  const toRight = x + popoverWidth + 12 < layout.width;
  const left = toRight ? x + 16 : Math.max(x - popoverWidth - 16, 0);
  const below = layout.y(point.value) + 64 < layout.height;
  return (
    <div
      className="q-point-popover q-no-print"
      aria-hidden
      style={{ left, top: layout.y(point.value) + (below ? 4 : -64), maxWidth: popoverWidth }}
    >
      <div>
        <span className="q-muted">{point.name ?? point.label}</span>
        <span className="q-strong">{value}</span>
      </div>
      <div>
        <span className="q-muted">{share}</span>
        {point.rule && (
          <span className="q-point-rule" data-mark={point.mark}>
            <svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden>
              <PointMark mark={point.mark} x={0} y={0} size={0.9} />
            </svg>
            {point.rule}
          </span>
        )}
      </div>
    </div>
  );
}
