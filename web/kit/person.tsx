import "./marks.css";

type PersonProps = { name: string; tone?: "plain" | "primary"; size?: 24 | 28 | 32; withName?: boolean };

/** The first letter of a name, also where it takes two code units; a space for an empty name. */
export function firstLetter(name: string): string {
  return String.fromCodePoint(name.codePointAt(0) ?? 32);
}

/** First letters of surname-and-name, two at most: "Олена Гай" → "ОГ". */
export function initialsOf(name: string): string {
  const parts = name.trim().split(/\s+/).slice(0, 2);
  return parts.map(firstLetter).join("").toLocaleUpperCase("uk");
}

/** A person as initials in a circle; the whole name stands beside it or is its accessible name. */
export function Person({ name, tone = "plain", size = 24, withName = false }: PersonProps) {
  const circle = (
    <span className="q-avatar" data-tone={tone} data-size={size} aria-hidden title={withName ? undefined : name}>
      {initialsOf(name)}
    </span>
  );
  return (
    <span className="q-person">
      {circle}
      {withName ? <span>{name}</span> : <span className="q-hidden">{name}</span>}
    </span>
  );
}
