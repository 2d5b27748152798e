import type { FastifyInstance } from "fastify";
import { newNonce } from "#platform/http/headers.ts";
import { languageOf } from "#platform/http/server.ts";
import { sendPage } from "#platform/http/pages.ts";
import { recentLetters, type KeptLetter } from "#platform/mail/recent-letters.ts";
import type { App } from "#platform/start/app.ts";
import { htmlOf } from "./page.tsx";

const words = {
  uk: {
    title: "Листи демонстрації",
    what: "Жоден лист не залишає цього комп’ютера. Оновіть сторінку, щоб побачити нові.",
    none: "Листів ще немає.",
  },
  en: {
    title: "Letters of the demonstration",
    what: "No letter leaves this computer. Load the page again to see new ones.",
    none: "There are no letters yet.",
  },
};

/** Text with its addresses as links; everything else stays text. */
function Linked({ text }: { text: string }) {
  const isAddress = (part: string) => /^https?:\/\//.test(part);
  return (
    <>
      {text.split(/(https?:\/\/\S+)/).map((part) =>
        isAddress(part) ? (
          <a key={part} href={part}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </>
  );
}

function Kept({ letter }: { letter: KeptLetter }) {
  return (
    <article class="note">
      <h2>{letter.subject}</h2>
      <p class="muted small">
        {letter.to} · {letter.at} · {letter.state}
      </p>
      {letter.text
        .trim()
        .split("\n\n")
        .map((line) => (
          <p key={line}>
            <Linked text={line} />
          </p>
        ))}
    </article>
  );
}

/** Letters of a demo installation, newest first: nothing leaves the machine, so they are read here. Demo mode only. */
export function serveDevOutbox(server: FastifyInstance, app: App): void {
  server.get("/dev/outbox", { config: { perMinute: 120, limitBy: "address" } }, async (request, reply) => {
    const language = languageOf(request.headers["accept-language"]);
    const t = words[language];
    const letters = await recentLetters(app);
    const nonce = newNonce();
    const html = htmlOf({
      title: t.title,
      language,
      nonce,
      body: (
        <main>
          <h1>{t.title}</h1>
          <p class="muted">{t.what}</p>
          {letters.length === 0 ? <p>{t.none}</p> : letters.map((letter) => <Kept key={letter.id} letter={letter} />)}
        </main>
      ),
    });
    return sendPage(reply, { html, nonce });
  });
}
