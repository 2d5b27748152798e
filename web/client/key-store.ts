import { toBase64url } from "#core/proof/bytes.ts";
import { parsePublicJwk, type PublicJwk } from "#core/proof/jwk.ts";

/** The session's key: its private half can sign and never be read. */
export type SessionKey = { readonly privateKey: CryptoKey; readonly jwk: PublicJwk };

/** The temporary token as all tabs share it. */
export type TokenState = {
  readonly ct: string;
  /** End, seconds since 1970 by the server's clock. */
  readonly exp: number;
  /** Server's clock minus this machine's, seconds. */
  readonly offset: number;
};

/** What this browser keeps of its one session: key, token, pending refresh. */
export type KeyStore = {
  /** False where the browser refuses to store keys: the session then ends with the page. */
  readonly isDurable: () => boolean;
  /** Makes a new key in place of everything kept before. Called before every sign-in and unlock. */
  readonly makeKey: () => Promise<SessionKey>;
  readonly key: () => Promise<SessionKey | undefined>;
  readonly token: () => Promise<TokenState | undefined>;
  /** Keeps a token unless a later generation is kept already, and forgets the refresh that brought it. */
  readonly putToken: (token: TokenState) => Promise<void>;
  /** The refresh under way in this browser, or a new one: 16 random bytes, base64url, written down before it is returned. One
   *  transaction, so two tabs never make two. The server forgives a repeated refresh by this id alone. */
  readonly takeRefreshId: () => Promise<string>;
  readonly clear: () => Promise<void>;
};

const DATABASE = "qms-session";
const TABLE = "session";

/** Generation of a token, the ratchet's count; −1 for none. */
export const generationOf = (ct: string | undefined): number => Number(ct?.split("~")[2] ?? -1);

const newRefreshId = (): string => toBase64url(crypto.getRandomValues(new Uint8Array(16)));

async function generateKey(): Promise<SessionKey> {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  const jwk = parsePublicJwk({ kty, crv, x, y });
  if (jwk === undefined) throw new TypeError("the browser made a key of another kind");
  return { privateKey: pair.privateKey, jwk };
}

/** Opens the store. IndexedDB with strict durability; memory alone where IndexedDB is shut (private windows of some browsers) or
 *  refuses CryptoKeys with DataCloneError (Lockdown Mode): there a reload asks to sign in again. Never rejects. */
export async function openKeyStore(): Promise<KeyStore> {
  const memory = memoryStore();
  const database = await openDatabase().catch(() => undefined);
  if (database === undefined) return memory;
  let store = databaseStore(database);
  return {
    isDurable: () => store.isDurable(),
    makeKey: async () => {
      try {
        return await store.makeKey();
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
        // Whatever refuses the key (DataCloneError, a full disk), the person signs in; only a reload is dearer.
        await store.clear().catch(() => undefined);
        store = memory;
        return store.makeKey();
      }
    },
    key: () => store.key(),
    token: () => store.token(),
    putToken: (token) => store.putToken(token),
    takeRefreshId: () => store.takeRefreshId(),
    clear: () => store.clear(),
  };
}

function memoryStore(): KeyStore {
  let key: SessionKey | undefined;
  let token: TokenState | undefined;
  let refreshId: string | undefined;
  return {
    isDurable: () => false,
    makeKey: async () => {
      key = await generateKey();
      token = undefined;
      refreshId = undefined;
      return key;
    },
    key: () => Promise.resolve(key),
    token: () => Promise.resolve(token),
    putToken: (given) => {
      if (generationOf(given.ct) >= generationOf(token?.ct)) {
        token = given;
        refreshId = undefined;
      }
      return Promise.resolve();
    },
    takeRefreshId: () => Promise.resolve((refreshId ??= newRefreshId())),
    clear: () => {
      key = undefined;
      token = undefined;
      refreshId = undefined;
      return Promise.resolve();
    },
  };
}

function databaseStore(database: IDBDatabase): KeyStore {
  const read = async (name: string): Promise<unknown> => {
    let value: unknown;
    await transact(database, "readonly", (table) => {
      const request = table.get(name);
      request.addEventListener("success", () => {
        value = request.result;
      });
    });
    return value;
  };
  return {
    isDurable: () => true,
    makeKey: async () => {
      const key = await generateKey();
      await transact(database, "readwrite", (table) => {
        table.clear();
        table.put(key, "key");
      });
      return key;
    },
    key: async () => parseKey(await read("key")),
    token: async () => parseToken(await read("token")),
    putToken: (given) =>
      transact(database, "readwrite", (table) => {
        const request = table.get("token");
        request.addEventListener("success", () => {
          // A tab that answers late must not put an old token over a newer one.
          if (generationOf(given.ct) < generationOf(parseToken(request.result)?.ct)) return;
          table.put(given, "token");
          table.delete("refresh");
        });
      }),
    takeRefreshId: async () => {
      let id = newRefreshId();
      await transact(database, "readwrite", (table) => {
        const request = table.get("refresh");
        request.addEventListener("success", () => {
          if (typeof request.result === "string") id = request.result;
          else table.put(id, "refresh");
        });
      });
      return id;
    },
    clear: () =>
      transact(database, "readwrite", (table) => {
        table.clear();
      }),
  };
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.addEventListener("upgradeneeded", () => request.result.createObjectStore(TABLE));
    request.addEventListener("success", () => {
      // Another tab wants to delete or upgrade: let it, or it waits for this page to be closed.
      request.result.addEventListener("versionchange", () => request.result.close());
      resolve(request.result);
    });
    request.addEventListener("error", () => reject(failure(request.error)));
    request.addEventListener("blocked", () => reject(failure(null)));
  });
}

/** Runs one transaction; done when it is on disk. Throws DOMException. */
function transact(
  database: IDBDatabase,
  mode: "readonly" | "readwrite",
  work: (table: IDBObjectStore) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(TABLE, mode, { durability: "strict" });
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", () => reject(failure(transaction.error)));
    try {
      work(transaction.objectStore(TABLE));
    } catch (error) {
      transaction.abort(); // put() throws DataCloneError at once: nothing of this transaction remains
      reject(error instanceof DOMException ? error : failure(null));
    }
  });
}

const failure = (error: DOMException | null): DOMException =>
  error ?? new DOMException("IndexedDB failed", "UnknownError");

const member = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

function parseKey(value: unknown): SessionKey | undefined {
  const privateKey = member(value, "privateKey");
  const jwk = parsePublicJwk(member(value, "jwk"));
  return privateKey instanceof CryptoKey && jwk !== undefined ? { privateKey, jwk } : undefined;
}

/** A token out of storage, a message or an answer; undefined for anything else. */
export function parseToken(value: unknown): TokenState | undefined {
  const [ct, exp, offset] = ["ct", "exp", "offset"].map((name) => member(value, name));
  return typeof ct === "string" && typeof exp === "number" && typeof offset === "number"
    ? { ct, exp, offset }
    : undefined;
}
