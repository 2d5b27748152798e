import { existsSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Both } from "#core/contract/words.ts";
import { readSettings, StartProblem, type Settings } from "../config/settings.ts";
import { KeyFault, openKeys, parseKeySource, type KeyPort } from "../crypto/keys.ts";
import type { Server } from "../database/embedded.ts";
import { askDatabase } from "./ask-database.ts";
import { ok, type Finding } from "./finding.ts";

/** A database that was reached; `alone`: no QMS runs, its database was started for this examination. */
export type ReachedDatabase = { server: Server; alone: boolean };

export type Examination = {
  env: NodeJS.ProcessEnv;
  /** Folders with a schema of the product: their migrations are compared. */
  folders: readonly string[];
  /** Reaches the database of these settings. Throws StartProblem with a sentence. */
  reach: (settings: Settings) => Promise<ReachedDatabase>;
};

const same = (text: string): Both => ({ uk: text, en: text });

/** Examines an installation without changing anything. Every check answers, whatever the others found. */
export async function examine(o: Examination): Promise<Finding[]> {
  const settings = settingsOf(o.env);
  if ("code" in settings) return [settings];
  const findings = [
    ok("E-CFG-01", { uk: "Налаштування прочитано", en: "Settings are read" }),
    ...modes(settings),
    disk(settings),
  ];
  const keys = await rootKeys(settings, o.env);
  if ("code" in keys) findings.push(keys);
  try {
    const { server, alone } = await o.reach(settings);
    const port = "code" in keys ? undefined : keys;
    return [...findings, ...(await askDatabase(server, { alone, folders: o.folders, port }))];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [...findings, { ...unreachable, why: same(why) }];
  }
}

const unreachable: Finding = {
  code: "E-DB-01",
  state: "failed",
  what: { uk: "База даних недосяжна", en: "The database cannot be reached" },
  fix: {
    uk: "Запустіть QMS (npm start) або виправте сказане вище. Нічого не змінено.",
    en: "Start QMS (npm start), or mend what is said above. Nothing was changed.",
  },
};

function settingsOf(env: NodeJS.ProcessEnv): Settings | Finding {
  try {
    return readSettings(env);
  } catch (error) {
    if (!(error instanceof StartProblem)) throw error;
    const isUnknown = error.message.includes("unknown setting");
    return {
      code: isUnknown ? "E-CFG-02" : "E-CFG-01",
      state: "failed",
      what: isUnknown
        ? { uk: "Невідоме налаштування", en: "An unknown setting" }
        : { uk: "Налаштування не читаються", en: "Settings cannot be read" },
      why: same(error.message),
      fix: { uk: "Виправте qms.toml або змінну середовища.", en: "Mend qms.toml or the environment variable." },
    };
  }
}

/** Secrets must be readable by their owner alone. */
function modes(settings: Settings): Finding[] {
  if (process.platform === "win32") return [];
  const root = settings.keys?.startsWith("file:")
    ? settings.keys.slice("file:".length)
    : join(settings.data, "keys", "root.key");
  const files = [root, join(settings.data, "keys", "database.json")].filter((file) => existsSync(file));
  const open = files.filter((file) => (statSync(file).mode & 0o077) !== 0);
  if (open.length === 0) return [ok("E-CFG-04", { uk: "Файли ключів закрито", en: "Key files are closed" })];
  return open.map((file) => ({
    code: "E-CFG-04",
    state: "failed" as const,
    what: { uk: `${file} можуть читати інші`, en: `${file} can be read by others` },
    why: {
      uk: "Хто має ключ, може прочитати базу та підробити контекст.",
      en: "Whoever holds a key can read the database and forge a context.",
    },
    fix: same(`chmod 600 ${file}`),
  }));
}

/** Free space of the data's disk, in shares: below 15 % attention, below 3 % nothing may be written any more. */
const diskShares = { attention: 0.15, failed: 0.03 };

export function diskFinding(free: number, total: number): Finding {
  const share = total === 0 ? 0 : free / total;
  const percent = `${(share * 100).toFixed(0)} %`;
  const state = share < diskShares.failed ? "failed" : share < diskShares.attention ? "attention" : "ok";
  const what = { uk: `Вільно на диску: ${percent}`, en: `Free on the disk: ${percent}` };
  if (state === "ok") return ok("E-DISK-01", what);
  return {
    code: "E-DISK-01",
    state,
    what,
    why: {
      uk: "На повному диску база перестає приймати записи.",
      en: "On a full disk the database takes no more writes.",
    },
    fix: { uk: "Звільніть місце або збільште диск.", en: "Free some space, or enlarge the disk." },
  };
}

function disk({ data }: Settings): Finding {
  if (!existsSync(data))
    return {
      code: "E-DISK-01",
      state: "failed",
      what: { uk: `Теки даних ${data} немає`, en: `There is no data folder ${data}` },
      fix: { uk: "Назвіть її через QMS_DATA або запустіть npm start.", en: "Name it with QMS_DATA, or run npm start." },
    };
  const { bavail, blocks } = statfsSync(data);
  return diskFinding(bavail, blocks);
}

/** The root keys; whether they open this installation is asked of the database. */
async function rootKeys(settings: Settings, env: NodeJS.ProcessEnv): Promise<KeyPort | Finding> {
  try {
    return await openKeys(parseKeySource(settings.keys ?? `file:${join(settings.data, "keys", "root.key")}`), {
      credentials: env.CREDENTIALS_DIRECTORY,
    });
  } catch (error) {
    if (!(error instanceof KeyFault)) throw error;
    return {
      code: "E-KEY-01",
      state: "failed",
      what: { uk: "Кореневий ключ не відкривається", en: "The root key does not open" },
      why: same(error.message),
      fix: {
        uk: "Поверніть keys/root.key із аркуша відновлення. Новий ключ не відкриє старих даних.",
        en: "Put keys/root.key back from the recovery sheet. A new key does not open old data.",
      },
    };
  }
}

/** 0 all well · 1 something failed · 3 something needs attention. */
export const exitOf = (findings: readonly Finding[]): 0 | 1 | 3 =>
  findings.some(({ state }) => state === "failed") ? 1 : findings.some(({ state }) => state === "attention") ? 3 : 0;
