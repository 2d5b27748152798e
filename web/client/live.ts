import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { session } from "./api.ts";
import { refresh } from "./hooks.ts";

type Heard = { thing: string; id: string; what: string };
/** Wait before the stream is opened anew, ms; grows to the last while it fails. */
const waits = [500, 1000, 2000, 5000, 10_000];

/** Changes that come close together are shown together: each look costs requests, and a session has 600 a minute. */
const gatherMs = 200;

/** Refreshes each changed thing once, a moment after the first change of a burst. */
function gather(client: QueryClient, slug: string): (thing: string) => void {
  const changed = new Set<string>();
  return (thing) => {
    if (changed.size === 0)
      setTimeout(() => {
        for (const one of changed) refresh(client, slug, one);
        changed.clear();
      }, gatherMs);
    changed.add(thing);
  };
}

/** No event bears this id, so the first stream also tells of the last minute: pages load before it stands. Doubles are harmless. */
const nothingHeard = "00000000-0000-0000-0000-000000000000";
/** Too much was missed: all that a page shows is asked for anew. */
const reload = "reload";

const isHeard = (value: unknown): value is Heard => typeof value === "object" && value !== null && "thing" in value;

/** Keeps the pages of a clinic fresh: one stream a browser. The tab that holds the lock listens and tells the others. Another
 *  session begins another stream: the server looks at its rights once, when it opens. */
export function useLive(slug: string, sessionId: string): void {
  const client = useQueryClient();
  useEffect(() => {
    const stop = new AbortController();
    const name = `qms-live-${slug}-${sessionId}`;
    const channel = new BroadcastChannel(name);
    const changed = gather(client, slug);
    channel.addEventListener("message", (message: MessageEvent<unknown>) => {
      if (message.data === reload) void client.invalidateQueries();
      else if (isHeard(message.data)) changed(message.data.thing);
    });
    const lead = () => follow({ slug, client, changed, stop: stop.signal, tell: (word) => tell(channel, word) });
    void ("locks" in navigator ? navigator.locks.request(name, { signal: stop.signal }, lead) : lead()).catch(
      () => undefined,
    );
    return () => {
      stop.abort();
      channel.close();
    };
  }, [slug, client, sessionId]);
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has no target: it is our origin's own
const tell = (channel: BroadcastChannel, word: Heard | typeof reload): void => channel.postMessage(word);

type Following = {
  slug: string;
  client: QueryClient;
  changed: (thing: string) => void;
  stop: AbortSignal;
  tell: (word: Heard | typeof reload) => void;
};

async function follow(o: Following): Promise<void> {
  let failures = 0;
  let last = nothingHeard;
  while (!o.stop.aborted) {
    try {
      const signed = await session();
      if (!signed.isOpen()) return;
      const answer = await signed.signedFetch({
        method: "GET",
        path: `/api/c/${o.slug}/live`,
        headers: { "last-event-id": last },
        signal: o.stop,
      });
      if (answer.status === 401 || answer.status === 404) return;
      if (!answer.ok || !answer.body) throw new Error("no stream");
      failures = 0;
      for await (const event of eventsOf(answer.body)) {
        if (event.id !== "") last = event.id;
        if (event.type === reload) {
          void o.client.invalidateQueries();
          o.tell(reload);
        } else if (isHeard(event.data)) {
          o.changed(event.data.thing);
          o.tell(event.data);
        }
      }
    } catch {
      failures++;
    }
    if (o.stop.aborted) return;
    await new Promise((done) => setTimeout(done, waits[Math.min(failures, waits.length - 1)]));
  }
}

type StreamEvent = { id: string; type: string; data: unknown };

/** Reads server-sent events out of a body. Source: WHATWG HTML §9.2 (fields id, event, data; a blank line ends one). */
async function* eventsOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<StreamEvent> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let kept = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    kept += value;
    const blocks = kept.split("\n\n");
    kept = blocks.pop() ?? "";
    for (const block of blocks) {
      const fields = new Map(
        block
          .split("\n")
          .filter((line) => !line.startsWith(":"))
          .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
      );
      const data = fields.get("data");
      if (data !== undefined)
        yield { id: fields.get("id") ?? "", type: fields.get("event") ?? "message", data: parsed(data) };
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
