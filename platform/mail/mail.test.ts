import assert from "node:assert/strict";
import { createServer, type AddressInfo } from "node:net";
import { test } from "node:test";
import { eventually, newClinic } from "#testing/clinic.ts";
import { atEnd } from "#testing/server.ts";
import { inviteMember } from "#product/clinic/members/contract.ts";
import { asJob } from "../jobs/worker.ts";
import { letterOf } from "./letters.ts";
import { sendOfClinic, sendOfPerson } from "./send-messages.ts";
import { smtp } from "./ways.ts";
import { writeLetter } from "./write-letter.ts";

/** A mail server of a few commands that keeps what it was told; `refuse` addresses get 550. */
async function mailServer(refuse: string): Promise<{ url: string; heard: { to: string; data: string }[] }> {
  const heard: { to: string; data: string }[] = [];
  const server = createServer((socket) => {
    let buffer = "";
    let to = "";
    let inData = false;
    socket.on("error", () => {});
    socket.write("220 test ESMTP\r\n");
    socket.on("data", (piece) => {
      buffer += piece.toString("utf8");
      for (;;) {
        const end = buffer.indexOf(inData ? "\r\n.\r\n" : "\r\n");
        if (end < 0) return;
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + (inData ? 5 : 2));
        if (inData) {
          heard.push({ to, data: line });
          inData = false;
          socket.write("250 kept\r\n");
        } else if (line.startsWith("EHLO")) socket.write("250-test\r\n250 8BITMIME\r\n");
        else if (line.startsWith("RCPT TO")) {
          to = /<(.*)>/.exec(line)?.[1] ?? "";
          socket.write(to === refuse ? "550 no such box\r\n" : "250 ok\r\n");
        } else if (line === "DATA") {
          inData = true;
          socket.write("354 go on\r\n");
        } else if (line === "QUIT") socket.end("221 bye\r\n");
        else socket.write("250 ok\r\n");
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  atEnd(() => new Promise<void>((done) => void server.close(() => done())));
  // a server that listens on a port has an address of this shape
  const { port } = server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}?from=quality@lypa.example`, heard };
}

test("a letter leaves by a mail server once; a refused one waits for its next try", async () => {
  const { clinic, product } = await newClinic();
  const { app } = product.platform;
  const { url, heard } = await mailServer("gone@patient.example");
  const way = smtp(url, "qms@localhost");
  const facts = { language: "uk", clinic: "Липа", link: "http://127.0.0.1/s/x", days: 14 };
  const sendAfter = app.clock.now().subtract({ seconds: 5 });
  // written and sent in one breath, so that the product's own round does not take them first
  await asJob(app, {
    clinic: clinic.id,
    name: "test",
    work: async (ctx) => {
      for (const to of ["ivan@patient.example", "gone@patient.example", 'a,b"@patient.example'])
        await writeLetter(ctx, { kind: "survey", to, facts, sendAfter });
    },
  });
  assert.equal(await sendOfClinic(app, way, clinic.id), 2);
  assert.equal(await sendOfClinic(app, way, clinic.id), 0);
  way.close();
  assert.equal(heard.length, 2);
  assert(heard.some(({ to }) => to === "ivan@patient.example"));
  const [first] = heard;
  assert.match(first?.data ?? "", /Auto-Submitted: auto-generated/);
  assert.match(first?.data ?? "", /Content-Language: uk/);
  const rows = await app.worker.transaction({ clinic: clinic.id }, (db) =>
    db.many(db.from("platform.message").select(["state", "tries"]).orderBy("state")),
  );
  assert.deepEqual(
    rows.map(({ state, tries }) => [state, tries]),
    [
      ["sent", 1],
      ["sent", 1],
      ["waiting", 1],
    ],
  );
  const events = await app.worker.transaction({ clinic: clinic.id }, (db) =>
    db.many(db.from("platform.message_event").select("what").orderBy("what")),
  );
  assert.deepEqual(
    events.map(({ what }) => what),
    ["refused EENVELOPE", "sent", "sent"],
  );
});

test("an address or a subject with line ends brings no second recipient, no header and no command", async () => {
  const { url, heard } = await mailServer("");
  const way = smtp(url, "qms@localhost");
  const letter = {
    subject: "Тема\r\nBcc: all@evil.example\r\n\r\nтіло",
    text: "a\r\n.\r\nRCPT TO:<all@evil.example>",
    html: "<p>a</p>",
    language: "uk" as const,
  };
  const addresses = [
    "ivan@patient.example\r\nBcc: all@evil.example",
    "ivan@patient.example>\r\nRCPT TO:<all@evil.example",
    "ivan@patient.example, all@evil.example",
    "ivan@patient.example;all@evil.example",
    '"a\r\nBcc: all@evil.example"@patient.example',
    "ivan@patient.example",
  ];
  const left = await Promise.allSettled(addresses.map((to) => way.send(to, letter)));
  way.close();
  assert.equal(left.at(-1)?.status, "fulfilled");
  assert(heard.length > 0);
  for (const { to, data } of heard) {
    assert(!to.endsWith("all@evil.example") || to.startsWith("ivan@patient.example"), to);
    const headers = data.slice(0, data.indexOf("\r\n\r\n"));
    assert.doesNotMatch(headers, /^(?:bcc|cc):/im);
    assert.equal(headers.match(/^subject:/gim)?.length, 1);
  }
});

test("an invited colleague's letter is read in the demo's outbox, and by a mail server in life", async () => {
  const { solomiia, product } = await newClinic();
  await solomiia.send(inviteMember, {
    body: { email: "nova@lypa.example", name: "Нова <b>Колега</b>", types: [{ type: "nurse" }] },
  });
  const page = await (await fetch(`${product.origin}/dev/outbox`)).text();
  assert.match(page, /nova@lypa\.example/);
  assert.match(page, /href="http:\/\/127\.0\.0\.1:\d+\/l\/[\w-]{43}"/);
  assert.doesNotMatch(page, /<b>Колега/);
  // the product's own round sends it by the outbox way
  await eventually(async () => /· sent/.test(await (await fetch(`${product.origin}/dev/outbox`)).text()));
  assert.equal(await sendOfPerson(product.platform.app, smtp("smtp://127.0.0.1:1", "x@y"), solomiia.personId), 0);
});

test("letters hold both languages, escape what people typed, and a line end in a name begins no header", () => {
  const facts = {
    name: "Іва\r\nBcc: all@x",
    clinic: "<script>",
    link: "https://x/l/1",
    hours: 72,
    code: "INC-0001\r\nX: y",
    days: 2,
  };
  for (const kind of ["sign-up", "invitation", "recovery", "survey", "incident-answer"])
    for (const language of ["uk", "en"]) {
      const letter = letterOf(kind, { ...facts, language });
      assert.doesNotMatch(letter.subject, /[\r\n]/);
      assert.doesNotMatch(letter.html, /<script/);
      assert.match(letter.text, /https:\/\/x\/l\/1/);
      assert(letter.html.includes(`lang="${language}"`));
    }
  assert.throws(() => letterOf("toString", facts), RangeError);
  assert.doesNotMatch(letterOf("survey", { ...facts, language: "uk", link: "javascript:alert(1)" }).html, /href/);
});
