const browsers: readonly [mark: RegExp, name: string][] = [
  [/\bEdg\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bFirefox\//, "Firefox"],
  [/\b(?:Headless)?Chrome\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const systems: readonly [mark: RegExp, name: string][] = [
  [/\bAndroid\b/, "Android"],
  [/\b(?:iPhone|iPad)\b/, "iOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

/** Browser and system out of a User-Agent, as far as it tells; programs of ours name themselves. */
export function deviceOf(agent: string): { browser: string | undefined; system: string | undefined } {
  const found = (all: readonly [RegExp, string][]) => all.find(([mark]) => mark.test(agent))?.[1];
  return { browser: found(browsers), system: found(systems) };
}
