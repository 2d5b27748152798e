import { posix } from "node:path";
import type { Parsed } from "./parse.ts";
import type { Fault } from "./sources.ts";

const neutralFiles = ["contract.ts", "problems.ts", "states.ts", "words.ts"];
/** The demo's people: the server makes them, the bar shows them. */
const roster = "product/demo/words.ts";

/** Which room a file stands in. `capability` is `pillar/name`, `rest` the path inside it. */
export type Place =
  | { room: "core" | "platform" | "web" | "kit" | "client" | "face" | "free" }
  | { room: "neutral" | "screen" | "use case" | "mail"; capability: string; rest: string };

/** Finds a file's room. "free": what stands above the product (main.ts, testing, ops, bench, e2e, loop.ts, product.ts). */
export function placeOf(path: string): Place {
  const [top = "", pillar = "", name = "", ...inside] = path.split("/");
  if (path === roster) return { room: "neutral", capability: "demo/roster", rest: "words.ts" };
  if (top === "product" && inside.length > 0) {
    const capability = `${pillar}/${name}`;
    const rest = inside.join("/");
    if (neutralFiles.includes(rest)) return { room: "neutral", capability, rest };
    if (inside[0] === "screens") return { room: "screen", capability, rest };
    if (inside[0] === "mail") return { room: "mail", capability, rest };
    return { room: "use case", capability, rest };
  }
  if (top === "core") return { room: "core" };
  if (top === "platform") return { room: "platform" };
  if (path === "web/build.ts" || path === "web/vite.config.ts") return { room: "free" }; // run by Node, to build
  if (top === "web") return { room: pillar === "kit" || pillar === "client" ? pillar : "web" };
  if (path === "cli/qms.ts") return { room: "free" }; // puts the command line together, as main.ts does the server
  if (top === "portal" || top === "fhir" || top === "cli") return { room: "face" };
  return { room: "free" };
}

/** The file an import means, or undefined for a package or a part of Node. */
export function resolve(from: string, name: string): string | undefined {
  if (name.startsWith("#")) return name.slice(1);
  if (name.startsWith(".")) return posix.normalize(posix.join(posix.dirname(from), name));
  return undefined;
}

type Asked = { from: Place; to: Place; path: string; types: boolean };
type InProduct = Extract<Place, { capability: string }>;
const inProduct = (place: Place): place is InProduct => "capability" in place;

/** Another capability may be entered by its doors alone, and only one that stands higher in the contents. */
function neighbourFault(from: InProduct, to: InProduct, order: readonly string[]): string | undefined {
  const doors = from.room === "screen" ? ["contract.ts", "screens/embed.tsx"] : ["index.ts", "contract.ts"];
  const open = from.room === "neutral" ? neutralFiles : doors;
  if (!open.includes(to.rest)) return `enters ${to.capability} by ${to.rest}; its doors here are ${open.join(", ")}`;
  const own = order.indexOf(from.capability);
  const other = order.indexOf(to.capability);
  if (own < 0 || other < 0) return `${own < 0 ? from.capability : to.capability} has no line in product/contents.ts`;
  return other < own ? undefined : `calls ${to.capability}, which stands below it in product/contents.ts`;
}

function ownFault(from: InProduct, to: InProduct): string | undefined {
  if (from.room === "neutral" && to.room !== "neutral") return `neutral ground imports ${to.rest}`;
  if (from.room === "screen" && to.room === "use case") return `a screen imports server code (${to.rest})`;
  if (from.room === "use case" && to.room === "screen") return `server code imports a screen (${to.rest})`;
  return undefined;
}

const web = ["web", "kit", "client"];
/** Rooms each room may import from, beside its own capability and its neighbours' doors. */
const allowed: Record<Exclude<Place["room"], "free">, readonly string[]> = {
  core: ["core"],
  platform: ["core", "platform"],
  kit: ["core", "kit"],
  client: ["core", "client", "neutral"],
  web: ["core", ...web, "neutral", "screen"],
  face: ["core", "platform", "face", "neutral"],
  neutral: ["core"],
  "use case": ["core", "platform"],
  mail: ["core", "platform"],
  // places.tsx: where a capability offers something on another's screen without knowing it
  screen: ["core", "kit", "client"],
};

function faultOf({ from, to, path }: Asked, order: readonly string[]): string | undefined {
  if (from.room === "free") return undefined;
  if (inProduct(from) && inProduct(to))
    return from.capability === to.capability ? ownFault(from, to) : neighbourFault(from, to, order);
  if (from.room === "screen" && path === "web/app/places.tsx") return undefined;
  return allowed[from.room].includes(to.room) ? undefined : `${from.room} may not import ${path}`;
}

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);

/** Tests and demo stories walk through several capabilities, so the order does not bind them. */
const walksThrough = (path: string): boolean => isTest(path) || path.endsWith("/example.ts");

function packageFault(path: string, name: string): string | undefined {
  const place = placeOf(path);
  if (isTest(path)) return undefined;
  const node = name.startsWith("node:");
  if (place.room === "core" && !(name === "zod" && path.startsWith("core/contract/")))
    return `core is pure and imports ${name}`;
  if (place.room === "neutral" && name !== "zod") return `both sides read this file, and it imports ${name}`;
  if (node && ["screen", "kit", "client", "web"].includes(place.room)) return `the browser has no ${name}`;
  return undefined;
}

/** Checks every import against the table of who may import whom. `order`: capabilities as product/contents.ts lists them. */
export function importFaults(files: readonly Parsed[], order: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  for (const { path, imports } of files)
    for (const { name, types } of imports) {
      const target = resolve(path, name);
      if (target === undefined) {
        const what = packageFault(path, name);
        if (what) faults.push({ path, what });
        continue;
      }
      if (walksThrough(path) && placeOf(path).room !== "core") continue;
      const what = faultOf({ from: placeOf(path), to: placeOf(target), path: target, types }, order);
      if (what) faults.push({ path, what });
    }
  return faults;
}

/** Circles among files, types left aside (they vanish before the program runs): each as the path that returns. */
export function circles(files: readonly Parsed[]): Fault[] {
  const next = new Map(
    files.map(({ path, imports }) => [
      path,
      imports.filter(({ types }) => !types).flatMap(({ name }) => resolve(path, name) ?? []),
    ]),
  );
  const faults: Fault[] = [];
  const finished = new Set<string>();
  const trail: string[] = [];
  function walk(path: string): void {
    const at = trail.indexOf(path);
    if (at >= 0) {
      faults.push({ path, what: `a circle: ${[...trail.slice(at), path].join(" → ")}` });
      return;
    }
    if (finished.has(path)) return;
    trail.push(path);
    for (const to of next.get(path) ?? []) walk(to);
    trail.pop();
    finished.add(path);
  }
  for (const path of next.keys()) walk(path);
  return faults;
}

/** Imports that lead to no file: a check that resolves wrongly would otherwise see nothing and be content. */
export function danglingFaults(files: readonly Parsed[], exists: (path: string) => boolean): Fault[] {
  return files.flatMap(({ path, imports }) =>
    imports.flatMap(({ name }) => {
      const target = resolve(path, name);
      return target === undefined || exists(target) ? [] : [{ path, what: `${name} leads to no file` }];
    }),
  );
}
