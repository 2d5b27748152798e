import type { Language } from "#core/contract/words.ts";
import { htmlOf } from "../page.tsx";
import { surveyWords, type SurveyWords } from "./words.ts";

/** What a person typed, kept so that an error costs nothing. */
export type Draft = { score: string; comment: string; wantsAnswer: boolean; contact: string };
export type FieldFault = { field: "score-1" | "comment" | "contact"; text: string };
type Asked = { clinic: string; title: Record<Language, string>; where: string | null };

function Header({ clinic, language, t }: { clinic: string; language: Language; t: SurveyWords }) {
  const other = language === "uk" ? "en" : "uk";
  return (
    <header>
      <span class="clinic">
        <span class="badge" aria-hidden="true">
          {Array.from(clinic).at(0) ?? "+"}
        </span>
        <bdi>{clinic}</bdi>
      </span>
      <a href={`?lang=${other}`} lang={other} hreflang={other} aria-label={t.otherLabel}>
        {t.other}
      </a>
    </header>
  );
}

function Errors({ faults, t }: { faults: readonly FieldFault[]; t: SurveyWords }) {
  if (faults.length === 0) return null;
  return (
    <div class="errors" role="alert" tabIndex={-1} aria-labelledby="errors-title">
      <h2 id="errors-title">{t.errorTitle}</h2>
      <ul>
        {faults.map(({ field, text }) => (
          <li key={field}>
            <a href={`#${field}`}>{text}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Scores({
  asked,
  t,
  o,
}: {
  asked: Asked;
  t: SurveyWords;
  o: { language: Language; draft: Draft; fault: string };
}) {
  const described = [asked.where ? "where" : "", o.fault ? "score-error" : ""].filter(Boolean).join(" ");
  return (
    <fieldset {...(described ? { "aria-describedby": described } : {})}>
      <legend>
        <h1>{asked.title[o.language]}</h1>
      </legend>
      {asked.where ? (
        <p class="muted" id="where">
          {t.where(asked.where)}
        </p>
      ) : null}
      {o.fault ? (
        <p class="error" id="score-error">
          {o.fault}
        </p>
      ) : null}
      {t.scores.map(([score, words]) => (
        <label key={score} class={score === 6 ? "row apart" : "row"}>
          <input
            type="radio"
            name="score"
            id={`score-${score}`}
            value={score}
            checked={o.draft.score === String(score)}
            {...(o.fault ? { "aria-invalid": true } : {})}
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}

/** A labelled control's error, described to it by id. */
const faultOf = (faults: readonly FieldFault[], field: FieldFault["field"]): string =>
  faults.find((fault) => fault.field === field)?.text ?? "";

function Words({ t, draft, faults }: { t: SurveyWords; draft: Draft; faults: readonly FieldFault[] }) {
  const comment = faultOf(faults, "comment");
  const contact = faultOf(faults, "contact");
  return (
    <>
      <label class="field" for="comment">
        {t.why}
      </label>
      <p class="muted small" id="comment-hint">
        {t.whyHint}
      </p>
      {comment ? (
        <p class="error" id="comment-error">
          {comment}
        </p>
      ) : null}
      <textarea
        id="comment"
        name="comment"
        rows={5}
        maxLength={4000}
        dir="auto"
        autoComplete="off"
        aria-describedby={`comment-hint comment-warn${comment ? " comment-error" : ""}`}
        {...(comment ? { "aria-invalid": true } : {})}
      >
        {draft.comment}
      </textarea>
      <p class="note" id="comment-warn">
        {t.warn}
      </p>
      <label class="row">
        <input type="checkbox" name="wantsAnswer" value="yes" checked={draft.wantsAnswer} />
        {t.wantsAnswer}
      </label>
      <label class="field" for="contact">
        {t.contact}
      </label>
      <p class="muted small" id="contact-hint">
        {t.contactHint}
      </p>
      {contact ? (
        <p class="error" id="contact-error">
          {contact}
        </p>
      ) : null}
      <input
        type="text"
        id="contact"
        name="contact"
        maxLength={200}
        value={draft.contact}
        autoComplete="off"
        aria-describedby={`contact-hint${contact ? " contact-error" : ""}`}
        {...(contact ? { "aria-invalid": true } : {})}
      />
    </>
  );
}

/** The question, why, and the promise, on one page with one form. */
export function questionPage(o: {
  asked: Asked;
  language: Language;
  nonce: string;
  draft: Draft;
  faults: readonly FieldFault[];
}): string {
  const t = surveyWords[o.language];
  const prefix = o.faults.length > 0 ? t.errorPrefix : "";
  return htmlOf({
    title: `${prefix}${o.asked.title[o.language]} · ${o.asked.clinic}`,
    language: o.language,
    nonce: o.nonce,
    body: (
      <>
        <Header clinic={o.asked.clinic} language={o.language} t={t} />
        <main>
          <Errors faults={o.faults} t={t} />
          <form method="post" noValidate>
            <input type="hidden" name="language" value={o.language} />
            <Scores
              asked={o.asked}
              t={t}
              o={{ language: o.language, draft: o.draft, fault: faultOf(o.faults, "score-1") }}
            />
            <Words t={t} draft={o.draft} faults={o.faults} />
            <button type="submit">{t.send}</button>
            <p class="muted small">{t.promise}</p>
            <p class="muted small">{t.honest}</p>
          </form>
        </main>
      </>
    ),
  });
}

/** Thanks; with the tracking code when one was asked for. Shown from the answer's own redirect, so reloading sends nothing again. */
export function thanksPage(o: { language: Language; nonce: string; code: string | null }): string {
  const t = surveyWords[o.language];
  return htmlOf({
    title: t.thanks,
    language: o.language,
    nonce: o.nonce,
    body: (
      <main>
        <h1>{t.thanks}</h1>
        <p>{t.thanksText}</p>
        {o.code ? (
          <>
            <p>{t.codeIntro}</p>
            <p class="code">{o.code}</p>
          </>
        ) : null}
        <p class="muted">{t.urgent}</p>
      </main>
    ),
  });
}

/** A page that only says something: a dead link, a closed survey, a failure. */
export function wordPage(o: { language: Language; nonce: string; what: "dead" | "closed" | "busy" }): string {
  const t = surveyWords[o.language];
  const [title, text] = {
    dead: [t.deadTitle, t.deadText],
    closed: [t.closedTitle, t.closedText],
    busy: [t.busyTitle, t.busyText],
  }[o.what];
  return htmlOf({
    title: title ?? "",
    language: o.language,
    nonce: o.nonce,
    body: (
      <main>
        <h1>{title}</h1>
        <p>{text}</p>
        <p class="muted">{t.urgent}</p>
      </main>
    ),
  });
}
