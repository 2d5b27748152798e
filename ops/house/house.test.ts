import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { capabilities } from "#product/contents.ts";
import { circles, danglingFaults, importFaults } from "./imports.ts";
import { ownershipFaults } from "./ownership.ts";
import { parse } from "./parse.ts";
import { foldersOf, readmeFaults } from "./readmes.ts";
import { isCode, isGenerated, listedFiles, listOf, read, root, type Fault } from "./sources.ts";
import { lengthFaults, machineFaults, nameFaults, openProblemFaults } from "./texts.ts";

const paths = listedFiles();
const code = paths.filter(isCode).map((path) => parse(read(path)));
const written = code.filter(({ path }) => !isGenerated(path));
const sql = paths.filter((path) => path.endsWith(".sql")).map(read);
const exists = (path: string): boolean => existsSync(join(root, path));
const binary = /\.(?:png|jpe?g|webp|gif|ico|woff2?|ttf|pdf|gz|zip)$/;

/** A failed rule prints its faults, a line each. */
function none(faults: readonly Fault[]): void {
  if (faults.length > 0) assert.fail(`\n${listOf(faults)}`);
}

/** A registry of the person's own, as npm tells it to the scripts it runs; the public one may be named. */
function ownRegistry(): string[] {
  const host = URL.parse(process.env.npm_config_registry ?? "")?.host ?? "";
  return host === "" || host.endsWith("npmjs.org") ? [] : [host];
}

describe("imports", () => {
  test("every file that git lists was read, and every import leads to a file", () => {
    assert.ok(code.length >= 100, "a check that reads no files would pass everything");
    assert.equal(code.length, paths.filter(isCode).length);
    assert.ok(code.flatMap(({ imports }) => imports).length > code.length, "imports were not seen");
    none(danglingFaults(code, exists));
  });

  test("who imports whom keeps to the table, and capabilities call upwards only", () => {
    none(importFaults(code, capabilities));
  });

  test("there is no circle", () => {
    none(circles(code));
  });

  const planted = (path: string, text: string) => listOf(importFaults([parse({ path, text })], capabilities));
  const crossings: [why: string, path: string, text: string, says: RegExp][] = [
    ["core asks the platform", "core/spc/a.ts", 'import { b } from "#platform/database/db.ts";', /core may not import/],
    ["core asks Node", "core/spc/a.ts", 'import { readFileSync } from "node:fs";', /core is pure/],
    ["core asks zod outside the contract", "core/spc/a.ts", 'import { z } from "zod";', /core is pure/],
    ["a core test asks the platform", "core/spc/a.test.ts", 'import "#platform/a.ts";', /core may not import/],
    [
      "the platform asks the product",
      "platform/http/a.ts",
      'export { b } from "#product/control/home/index.ts";',
      /platform may not/,
    ],
    [
      "a contract asks the platform",
      "product/control/home/contract.ts",
      'import type { C } from "#platform/http/context.ts";',
      /neutral may not/,
    ],
    [
      "a contract asks its own server code",
      "product/control/home/contract.ts",
      'import { a } from "./queries.ts";',
      /neutral ground/,
    ],
    ["a contract asks a package", "product/control/home/contract.ts", 'import pg from "pg";', /both sides read/],
    [
      "a deep import",
      "product/control/home/a.ts",
      'import { a } from "#product/control/incidents/queries.ts";',
      /its doors here/,
    ],
    [
      "a deep relative import",
      "product/control/home/a.ts",
      'import { a } from "../incidents/queries.ts";',
      /its doors here/,
    ],
    [
      "a deep import at run time",
      "product/control/home/a.ts",
      'await import("#product/control/incidents/queries.ts");',
      /its doors here/,
    ],
    [
      "a deep import of a type",
      "product/control/home/a.ts",
      'type A = import("../incidents/queries.ts").A;',
      /its doors here/,
    ],
    [
      "a call downwards",
      "product/control/actions/a.ts",
      'import { a } from "#product/control/incidents/index.ts";',
      /stands below/,
    ],
    [
      "a capability without a line",
      "product/control/ghost/a.ts",
      'import { a } from "#product/control/incidents/index.ts";',
      /has no line/,
    ],
    [
      "a screen enters a neighbour's server",
      "product/control/home/screens/a.tsx",
      'import { a } from "#product/control/incidents/index.ts";',
      /its doors here/,
    ],
    [
      "a screen asks its own server code",
      "product/control/home/screens/a.tsx",
      'import { a } from "../queries.ts";',
      /server code/,
    ],
    [
      "a screen asks the platform",
      "product/control/home/screens/a.tsx",
      'import { a } from "#platform/http/door.ts";',
      /screen may not/,
    ],
    ["a screen asks Node", "product/control/home/screens/a.tsx", 'import fs from "node:fs";', /browser has no/],
    [
      "server code asks its own screen",
      "product/control/home/a.ts",
      'import { a } from "./screens/a.tsx";',
      /imports a screen/,
    ],
    [
      "the kit asks a capability",
      "web/kit/a.tsx",
      'import { a } from "#product/control/home/contract.ts";',
      /kit may not/,
    ],
    [
      "the command line enters an index",
      "cli/a.ts",
      'import { a } from "#product/control/incidents/index.ts";',
      /face may not/,
    ],
  ];
  for (const [why, path, text, says] of crossings)
    test(`planted: ${why}`, () => {
      assert.match(planted(path, text), says);
    });

  test("planted: what is allowed passes", () => {
    const fine = [
      [
        "product/control/home/a.ts",
        'import { a } from "#product/control/incidents/index.ts"; import { z } from "zod"; import fs from "node:fs";',
      ],
      [
        "product/control/home/screens/a.tsx",
        'import { a } from "#product/control/incidents/screens/embed.tsx"; import { b } from "../words.ts";',
      ],
      ["product/loop.ts", 'import { a } from "#product/feedback/surveys/events.ts";'],
      ["core/contract/a.ts", 'import { z } from "zod"; import { a } from "#core/access/rights.ts";'],
    ] as const;
    for (const [path, text] of fine) assert.equal(planted(path, text), "");
  });

  test("planted: a circle of three, and one file that imports itself", () => {
    const ring = [
      parse({ path: "platform/a.ts", text: 'import { b } from "./b.ts"' }),
      parse({ path: "platform/b.ts", text: 'export * from "./c.ts"' }),
      parse({ path: "platform/c.ts", text: 'await import("#platform/a.ts")' }),
    ];
    assert.match(listOf(circles(ring)), /platform\/a\.ts → platform\/b\.ts → platform\/c\.ts → platform\/a\.ts/);
    assert.notEqual(listOf(circles([parse({ path: "core/a.ts", text: 'import { b } from "./a.ts"' })])), "");
  });

  test("planted: an import that leads nowhere", () => {
    assert.match(
      listOf(danglingFaults([parse({ path: "core/a.ts", text: 'import { b } from "./b"' })], exists)),
      /no file/,
    );
  });
});

describe("folders", () => {
  test("every top folder and every capability introduces itself under the fixed headings", () => {
    none(readmeFaults(foldersOf(paths), (path) => (exists(path) ? read(path) : undefined)));
  });

  test("planted: no README, one that is too long, one with another title and no headings", () => {
    const folders = foldersOf(["product/control/incidents/contract.ts", "core/a.ts", ".ci/run", "main.ts"]);
    assert.deepEqual(folders, ["core", "product", "product/control/incidents"]);
    const faults = readmeFaults(folders, (path) =>
      path.startsWith("product/control")
        ? { path, text: `# incidents\n${"a line\n".repeat(16)}` }
        : path.startsWith("core")
          ? { path, text: "# core: pure functions\nNot here: waiting.\n" }
          : undefined,
    );
    const told = listOf(faults);
    assert.match(told, /product\/README\.md: is missing/);
    assert.match(told, /17 lines/);
    assert.match(told, /"# control\/incidents: …"/);
    assert.match(told, /"Not here:"[\s\S]*"Others may call:"/);
    assert.doesNotMatch(told, /core/);
  });
});

describe("SQL", () => {
  test("a capability's SQL names its own tables, anyone's fact views, and foreign keys upwards", () => {
    none(ownershipFaults({ code, sql, order: capabilities }));
  });

  test("planted: another's table in code and in SQL, a foreign key downwards", () => {
    const tables = [
      {
        path: "product/control/signals/schema.sql",
        text: "create table control.signal (a int); create view control.fact_signal as select 1;",
      },
      {
        path: "product/control/incidents/schema.sql",
        text: "create table control.incident (foreign key (a) references control.signal (a)); -- from control.action\ncreate table control.incident_move ();",
      },
      {
        path: "product/control/actions/schema.sql",
        text: "create table control.action (x uuid references control.incident (id));",
      },
    ];
    const told = (path: string, text: string) =>
      listOf(
        ownershipFaults({
          code: [parse({ path, text })],
          sql: tables,
          order: ["control/signals", "control/actions", "control/incidents"],
        }),
      );
    const own = told(
      "product/control/incidents/queries.ts",
      'db.from("control.incident"); sql`select from control.fact_signal`;',
    );
    assert.equal(
      own,
      "product/control/actions/schema.sql: a foreign key downwards, to control.incident of control/incidents",
    );
    assert.match(
      told("product/control/signals/queries.ts", 'db.from("control.incident")'),
      /signals\/queries\.ts: names control\.incident,/,
    );
    assert.match(
      told("product/control/signals/queries.ts", "sql`select 1 from control.incident_move where a = ${b}`"),
      /names control\.incident_move/,
    );
  });
});

describe("style", () => {
  const sources = written.map(({ path, text }) => ({ path, text }));

  test("no default exports, no enums, no any", () => {
    none(written.flatMap(({ faults }) => faults));
  });

  test("names say what a file holds, no file is longer than 400 lines, open problems carry a number", () => {
    none([...nameFaults(paths), ...lengthFaults(sources), ...openProblemFaults(sources)]);
  });

  test("nothing belongs to one machine: no path, no host, no registry", () => {
    const texts = paths.filter((path) => !binary.test(path)).map(read);
    none(machineFaults(texts, ownRegistry()));
  });

  test("planted: default export, enum, any", () => {
    const { faults } = parse({ path: "core/a.ts", text: "enum A { b } export default function f(a: any) {}" });
    assert.match(listOf(faults), /enum/);
    assert.match(listOf(faults), /default export/);
    assert.match(listOf(faults), /type any/);
    assert.equal(faults.length, 3);
  });

  test("planted: vague names, a long file, an open problem without a number", () => {
    const named = nameFaults(["core/utils.ts", "web/kit/date-helpers.ts", "core/data.ts", "core/contract/shapes.ts"]);
    assert.deepEqual(
      named.map(({ path }) => path),
      ["core/utils.ts", "web/kit/date-helpers.ts", "core/data.ts"],
    );
    assert.match(listOf(lengthFaults([{ path: "a.ts", text: "a\n".repeat(401) }])), /401 lines/);
    const open = (text: string) =>
      openProblemFaults([{ path: "a.ts", text: text.replace("OPEN", ["TO", "DO"].join("")) }]).length;
    assert.deepEqual([open("// OPEN: later"), open("// OPEN(#214): later"), open("// OPENS of a list")], [1, 0, 0]);
  });

  test("planted: paths, hosts and registries of one machine", () => {
    const told = (path: string, text: string) => machineFaults([{ path, text }], ["mirror.example"]).length;
    const slash = "/";
    const network = ["internal"].join(".");
    assert.equal(told("a.md", `see ${slash}root/notes.md`), 1);
    assert.equal(told("a.ts", `const folder = "${slash}tmp/x"`), 1);
    assert.equal(told("a.md", `https:/${slash}npm.build.${network}/x`), 1);
    assert.equal(told("a.md", `http:/${slash}10.1.2.3/`), 1);
    assert.equal(told("a.md", "from mirror.example"), 1);
    assert.equal(told("a.ts", `const data = "..${slash}shared/data"`), 1);
    assert.equal(told(".ci/run", `data=..${slash}shared/data`), 0);
    assert.equal(told("package-lock.json", `{ "${["resol", "ved"].join("")}": "https:/${slash}registry/a.tgz" }`), 1);
    assert.equal(told(".npmrc", "registry = anything"), 1);
    assert.equal(told("a.md", "the root/notes of a tree, /var/lib/qms, https://example.org/"), 0);
  });
});
