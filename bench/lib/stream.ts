import { request } from "node:http";
import { proofOf, type Client } from "#cli/client.ts";

/** Listens to a clinic's live changes as an open page does. Gives a function that hangs up. */
export async function listen(
  client: Client,
  o: { origin: string; slug: string; heard: (change: { thing: string; id: string; what: string }) => void },
): Promise<() => void> {
  const path = `/api/c/${o.slug}/live`;
  const dpop = await proofOf(client.state, o.origin, {
    method: "GET",
    path,
    body: new Uint8Array(),
    nonce: client.state.ct,
  });
  const cookie = [...client.state.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const { hostname, port, host } = new URL(o.origin);
  return new Promise((done, failed) => {
    const sent = request({ hostname, port, path, headers: { host, cookie, dpop } }, (response) => {
      if (response.statusCode !== 200) {
        failed(new Error(`live: ${response.statusCode}`));
        return;
      }
      let kept = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        const blocks = `${kept}${part}`.split("\n\n");
        kept = blocks.pop() ?? "";
        for (const block of blocks) {
          const data = /^data: ?(.*)$/m.exec(block)?.[1];
          if (data) o.heard(JSON.parse(data));
        }
      });
      response.on("error", () => {});
      done(() => void sent.destroy());
    });
    sent.on("error", failed);
    sent.end();
  });
}
