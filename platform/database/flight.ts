import type pg from "pg";

type Sender = { cork: () => void; uncork: () => void };

const isSender = (value: unknown): value is Sender =>
  typeof value === "object" && value !== null && "cork" in value && "uncork" in value;

function senderOf(client: pg.ClientBase): Sender | undefined {
  const connection: unknown = "connection" in client ? client.connection : undefined;
  const stream = typeof connection === "object" && connection && "stream" in connection ? connection.stream : undefined;
  return isSender(stream) ? stream : undefined;
}

/** The client again; what is sent to it before this turn of the loop ends leaves in one write: each write to a socket wakes the other
 *  side, and that costs more than the words in it. */
export function inOneFlight<C extends pg.ClientBase>(client: C): C {
  const sender = senderOf(client);
  if (!sender) return client;
  sender.cork();
  process.nextTick(() => sender.uncork());
  return client;
}
