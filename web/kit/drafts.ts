import { fromBase64url, joinBytes, toBase64url } from "#core/proof/bytes.ts";
import { createContext } from "react";

/** A text that waits: what, since when (ISO 8601), and the version of the thing it was begun on. */
export type Kept = { text: string; at: string; base: number };

/** The unsent texts of one person on this device: in clear in the memory of the page, sealed in its storage. */
export type DraftStore = {
  read: (name: string) => Kept | undefined;
  keep: (name: string, kept: Kept | undefined) => void;
  /** How many texts wait. */
  count: () => number;
};

export type OpenDrafts = DraftStore & {
  /** Hears what other tabs of the person keep, until the end it gives is called: a listener would hold the key. */
  listen: () => () => void;
};

const prefix = "qms.draft.";
const ivBytes = 12;

/** Without a person there is no key: texts live as long as the page. */
const inMemory = (): DraftStore => {
  const all = new Map<string, Kept>();
  return {
    read: (name) => all.get(name),
    keep: (name, kept) => void (kept ? all.set(name, kept) : all.delete(name)),
    count: () => all.size,
  };
};
export const Drafts = createContext<DraftStore>(inMemory());

function keptOf(text: string): Kept | undefined {
  const kept: unknown = JSON.parse(text);
  if (typeof kept !== "object" || kept === null || !("text" in kept) || !("at" in kept) || !("base" in kept))
    return undefined;
  const { text: words, at, base } = kept;
  return typeof words === "string" && typeof at === "string" && typeof base === "number"
    ? { text: words, at, base }
    : undefined;
}

/** AES-256-GCM; the name is bound in, so that a text cannot be moved to another field. */
async function sealed(key: CryptoKey, name: string, kept: Kept): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
  const additionalData = new TextEncoder().encode(name);
  const text = new TextEncoder().encode(JSON.stringify(kept));
  const bytes = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, text);
  return toBase64url(joinBytes(iv, new Uint8Array(bytes)));
}

async function opened(key: CryptoKey, name: string, stored: string): Promise<Kept | undefined> {
  const bytes = fromBase64url(stored);
  if (!bytes) return undefined;
  const additionalData = new TextEncoder().encode(name);
  try {
    const iv = bytes.slice(0, ivBytes);
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, key, bytes.slice(ivBytes));
    return keptOf(new TextDecoder().decode(text));
  } catch {
    return undefined;
  }
}

/** Opens the texts of a person under the key (base64url, 32 bytes) that the server gave to their session. Names carry the person's
 *  id; one that does not open is left as it lies. */
export async function openDrafts(personId: string, keyText: string): Promise<OpenDrafts> {
  const bytes = fromBase64url(keyText);
  if (!bytes) throw new Error("the key of the drafts is no key");
  const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  const all = new Map<string, Kept>();
  const own = (name: string): boolean => name.startsWith(prefix) && name.includes(personId);
  for (const name of Object.keys(localStorage).filter(own)) {
    const kept = await opened(key, name, localStorage.getItem(name) ?? "");
    if (kept) all.set(name, kept);
  }
  const hear = ({ key: name, newValue }: StorageEvent): void => {
    if (name === null || !own(name)) return;
    if (newValue === null) all.delete(name);
    else void opened(key, name, newValue).then((kept) => kept && all.set(name, kept));
  };
  return {
    listen: () => {
      addEventListener("storage", hear);
      return () => removeEventListener("storage", hear);
    },
    read: (name) => all.get(prefix + name),
    keep: (name, kept) => {
      const full = prefix + name;
      if (!kept) {
        all.delete(full);
        localStorage.removeItem(full);
        return;
      }
      all.set(full, kept);
      void sealed(key, full, kept).then((text) => {
        // sealing takes its time: by now the text may be a newer one, or sent
        if (all.get(full) === kept) localStorage.setItem(full, text);
      });
    },
    count: () => all.size,
  };
}
