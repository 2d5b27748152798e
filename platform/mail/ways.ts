import { createTransport } from "nodemailer";
import type { Settings } from "../config/settings.ts";
import type { Letter } from "./letters.ts";

/** How letters leave. `send` gives the carrier's own id of the letter, or throws: the letter then waits and is tried again. */
export type MailWay = {
  name: "outbox" | "smtp";
  send: (to: string, letter: Letter) => Promise<string>;
  close: () => void;
};

/** Letters stay here, to be read in demo mode at /dev/outbox: nothing leaves the machine. */
export const outbox: MailWay = { name: "outbox", send: async () => "outbox", close: () => {} };

/** How long a mail server may take for one step, ms. */
const stepMs = 15_000;

/** A mail server by its address: `smtps://user:password@host:465?from=quality@clinic.example`. */
export function smtp(url: string, fallbackFrom: string): MailWay {
  const address = new URL(url);
  const from = address.searchParams.get("from") ?? fallbackFrom;
  const secure = address.protocol === "smtps:";
  const transport = createTransport({
    host: address.hostname,
    port: Number(address.port || (secure ? 465 : 587)),
    secure,
    // a server elsewhere must speak TLS; the machine's own relay may not
    requireTLS: !secure && !/^(?:localhost|127\.|\[?::1)/.test(address.hostname),
    ...(address.username
      ? { auth: { user: decodeURIComponent(address.username), pass: decodeURIComponent(address.password) } }
      : {}),
    connectionTimeout: stepMs,
    greetingTimeout: stepMs,
    socketTimeout: stepMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: "smtp",
    send: async (to, letter) => {
      const sent = await transport.sendMail({
        from,
        // as an object: an address with a comma stays one address
        to: { name: "", address: to },
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        headers: { "Content-Language": letter.language, "Auto-Submitted": "auto-generated" },
      });
      return sent.messageId.slice(0, 200);
    },
    close: () => transport.close(),
  };
}

/** The way of these settings. */
export const wayOf = ({ mail, origin }: Pick<Settings, "mail" | "origin">): MailWay =>
  mail.way === "smtp" && mail.url ? smtp(mail.url, `qms@${new URL(origin).hostname}`) : outbox;
