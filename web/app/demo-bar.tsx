import { initialsOf } from "#web/kit/person.tsx";
import { useWords } from "#web/kit/words.ts";
import { appWords } from "./app-words.ts";
import type { ShellProps } from "./shell-types.ts";

/** Eight faces of the demo clinic, one press each; says always that nothing here is real. */
export function DemoBar({ people, current, onBecome }: NonNullable<ShellProps["demo"]>) {
  const t = useWords(appWords);
  return (
    <section className="q-demo q-no-print" aria-label={t.demoAs}>
      <span className="q-demo-words">
        <b>{t.demo}.</b> {t.demoAs}:
      </span>
      {people.map((person) => (
        <button
          type="button"
          key={person.id}
          aria-pressed={person.id === current}
          aria-label={`${person.name}, ${person.role}`}
          title={`${person.name}, ${person.role}`}
          onClick={() => onBecome(person.id)}
        >
          <span className="q-avatar" aria-hidden>
            {initialsOf(person.name)}
          </span>
          <span className="q-demo-role" aria-hidden>
            {person.role}
          </span>
        </button>
      ))}
    </section>
  );
}
