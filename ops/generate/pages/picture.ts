import { isEnd, movesFrom, type Machine } from "#core/contract/machine.ts";

/** A lifecycle as SVG: states under each other; moves leave and enter on the right, each by its own line. No label can cover another. */

const rowHeight = 22;
const padding = 8;
const gap = 18;
const letter = 7.2; // width of a letter at 13 px, generous
const laneWidth = 14;

type Port = { state: string; y: number };
type Arrow = { name: string; from: Port; to: Port; lane: number };
type Box = { state: string; y: number; height: number; end: boolean };

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

type Layout = { boxes: Box[]; arrows: Arrow[]; lanes: number; height: number };

/** Gives each state a box tall enough for all moves out of and into it, and each move a lane of its own where others pass. */
function layoutOf(machine: Machine): Layout {
  const states = Object.keys(machine.states);
  const moves = states.flatMap((from) => movesFrom(machine, from).map(([name, { to }]) => ({ name, from, to })));
  const boxes: Box[] = [];
  const ports = new Map<string, number>(); // "move out of", "move into" → y
  let y = gap;
  for (const state of states) {
    const at = states.indexOf(state);
    const inFrom = (above: boolean) =>
      moves.filter(({ from, to }) => to === state && states.indexOf(from) < at === above);
    const order = [
      ...inFrom(true).map((move) => ["into", move] as const),
      ...moves.filter(({ from }) => from === state).map((move) => ["out of", move] as const),
      ...inFrom(false).map((move) => ["into", move] as const),
    ];
    order.forEach(([side, move], n) =>
      ports.set(`${move.from} ${move.name} ${side}`, y + padding + rowHeight * (n + 0.5)),
    );
    const height = padding * 2 + rowHeight * Math.max(1, order.length);
    boxes.push({ state, y, height, end: isEnd(machine, state) });
    y += height + gap;
  }
  const arrows = moves.map(({ name, from, to }) => ({
    name,
    from: { state: from, y: ports.get(`${from} ${name} out of`) ?? 0 },
    to: { state: to, y: ports.get(`${from} ${name} into`) ?? 0 },
    lane: 0,
  }));
  return { boxes, arrows, lanes: giveLanes(arrows), height: y };
}

const span = ({ from, to }: Arrow): [number, number] => [Math.min(from.y, to.y), Math.max(from.y, to.y)];

/** Short moves take the inner lanes. Returns how many lanes there are. */
function giveLanes(arrows: Arrow[]): number {
  const lanes: [number, number][][] = [];
  const length = (arrow: Arrow) => span(arrow)[1] - span(arrow)[0];
  for (const arrow of arrows.toSorted((a, b) => length(a) - length(b))) {
    const [top, bottom] = span(arrow);
    let lane = lanes.findIndex((taken) => taken.every(([from, to]) => to < top - 4 || from > bottom + 4));
    if (lane < 0) lane = lanes.push([]) - 1;
    lanes[lane]?.push([top, bottom]);
    arrow.lane = lane;
  }
  return lanes.length;
}

/** Draws the lifecycle. The same machine always gives the same text. */
export function pictureOf(machine: Machine): string {
  const { boxes, arrows, lanes, height } = layoutOf(machine);
  const widest = (names: readonly string[]) => Math.ceil(Math.max(1, ...names.map((name) => name.length)) * letter);
  const left = gap;
  const boxWidth = widest(boxes.map(({ state }) => state)) + 32;
  const right = left + boxWidth;
  const firstLane = right + widest(arrows.map(({ name }) => name)) + 24;
  const width = firstLane + Math.max(1, lanes) * laneWidth + gap;
  const drawnBoxes = boxes.map(({ state, y, height: tall, end }) => {
    const middle = y + tall / 2;
    const inner = end
      ? `<rect x="${left + 3}" y="${y + 3}" width="${boxWidth - 6}" height="${tall - 6}" rx="6" class="end"/>`
      : "";
    return `<rect x="${left}" y="${y}" width="${boxWidth}" height="${tall}" rx="8" class="state"/>${inner}<text x="${left + boxWidth / 2}" y="${middle + 4}" text-anchor="middle" class="name">${escape(state)}</text>`;
  });
  const drawnArrows = arrows.map(({ name, from, to, lane }) => {
    const x = firstLane + lane * laneWidth;
    return `<path d="M${right} ${from.y}H${x}V${to.y}H${right + 2}" class="move" marker-end="url(#tip)"/><text x="${right + 8}" y="${from.y - 4}" class="label">${escape(name)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="13">
<title>Lifecycle: ${escape(machine.name)}</title>
<style>.state{fill:#f2f7f7;stroke:#3f6b6f}.end{fill:none;stroke:#3f6b6f}.name{fill:#16292b;font-weight:600}.label{fill:#2b4547;font-size:12px}.move{fill:none;stroke:#6f8c8f;stroke-width:1.3;stroke-linejoin:round}</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#6f8c8f"/></marker></defs>
<rect width="${width}" height="${height}" fill="#ffffff"/>
${[...drawnBoxes, ...drawnArrows].join("\n")}
</svg>
`;
}
