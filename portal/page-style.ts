import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The look's values, as the staff app has them; dark ones follow the system, since a public page has no switch. */
const tokens = readFileSync(join(import.meta.dirname, "..", "web", "kit", "tokens.css"), "utf8");
const block = (start: RegExp): string => {
  const at = tokens.search(start);
  const open = tokens.indexOf("{", at);
  return at < 0 ? "" : tokens.slice(open + 1, tokens.indexOf("}", open));
};
const light = block(/:root \{/);
const dark = block(/:root\[data-mantine-color-scheme="dark"\] \{/);

/** Style of public pages: the system's fonts, nothing loaded. Targets are 52 px high, text 16 px and more, width from 320 px. */
export const pageStyle = `:root{${light}}@media screen and (prefers-color-scheme: dark){:root{${dark}}}
*{box-sizing:border-box}html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--q-surface);color:var(--q-text);font:16px/1.5 system-ui,sans-serif;min-height:100vh}
.page{max-width:480px;margin:0 auto;padding:14px 20px 32px}
header{display:flex;align-items:center;justify-content:space-between;gap:12px;min-height:44px;margin-bottom:20px}
.clinic{display:flex;align-items:center;gap:8px;min-width:0;overflow-wrap:anywhere}
.badge{flex:none;width:24px;height:24px;border-radius:6px;background:var(--q-primary-fill);color:var(--q-on-primary);display:grid;place-items:center;font-size:14px;font-weight:600}
a{color:var(--q-primary)}header a{display:inline-flex;align-items:center;min-height:44px;text-decoration:none}header a:hover{text-decoration:underline}
h1{font-size:24px;line-height:1.3;margin:0 0 8px;overflow-wrap:anywhere}h2{font-size:18px;margin:0 0 4px}
p{margin:0 0 12px;overflow-wrap:anywhere}.muted{color:var(--q-muted)}
fieldset{border:0;margin:0 0 24px;padding:0;min-width:0}legend{padding:0;margin-bottom:4px}
.row{display:flex;align-items:center;gap:16px;min-height:52px;margin:0 0 8px;padding:8px 16px;border:1px solid var(--q-line);border-radius:8px;cursor:pointer}
.row.apart{margin-top:16px}.row:has(:checked){border-color:var(--q-primary);box-shadow:inset 0 0 0 1px var(--q-primary);background:var(--q-primary-soft);color:var(--q-text);font-weight:500}
.row input{flex:none;width:20px;height:20px;margin:0;accent-color:var(--q-primary-fill)}
label.field{display:block;font-weight:600;margin:0 0 4px}
textarea,input[type=text]{display:block;width:100%;font:inherit;color:inherit;background:var(--q-surface);border:1px solid var(--q-line);border-radius:8px;padding:12px 14px}
textarea{min-height:132px;resize:vertical}
:focus-visible{outline:3px solid var(--q-focus);outline-offset:2px}
.note{background:var(--q-raised);border-radius:8px;padding:12px 14px;font-size:15px;margin:8px 0 24px}
.errors{border:2px solid var(--q-bad);border-radius:8px;padding:12px 14px;margin:0 0 20px}.errors h2{color:var(--q-bad)}.errors ul{margin:0;padding-left:20px}.errors a{color:var(--q-bad);display:inline-block;min-height:24px}
.error{color:var(--q-bad);font-weight:500}
button{display:block;width:100%;min-height:48px;border:0;border-radius:8px;background:var(--q-primary-fill);color:var(--q-on-primary);font:inherit;font-weight:500;cursor:pointer;margin:24px 0 12px}
button:hover{background:var(--q-primary-fill-hover)}
.small{font-size:14px}.code{font:600 22px/1.4 ui-monospace,monospace;letter-spacing:1px;user-select:all}
@media (forced-colors: active){.row:has(:checked){outline:2px solid Highlight}}`;
