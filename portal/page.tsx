import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Language } from "#core/contract/words.ts";
import { pageStyle } from "./page-style.ts";

/** A whole public page as text: one style element by nonce, no script. */
export function htmlOf(o: { title: string; language: Language; nonce: string; body: ComponentChildren }): string {
  const page = (
    <html lang={o.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="color-scheme" content="light dark" />
        <title>{o.title}</title>
        <link rel="icon" href="data:," />
        {/* our own constant text, so nothing a person typed comes near it */}
        <style nonce={o.nonce} dangerouslySetInnerHTML={{ __html: pageStyle }} />
      </head>
      <body>
        <div class="page">{o.body}</div>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(page)}`;
}
