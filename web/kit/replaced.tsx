import "./timeline.css";

/** What a text said and what it says now: struck and new, told apart by the line as well as by colour. */
export function Replaced({ was, now }: { was: string; now: string }) {
  return (
    <>
      <del className="q-was">{was}</del>
      <ins className="q-now">{now}</ins>
    </>
  );
}
