import { Icon, type IconType } from "./icon.tsx";
import "./timeline.css";

export type PathStep = { name: string; icon: IconType; when: string; effect?: boolean; ahead?: boolean };

/** The loop in circles: from a signal to a proven effect, with the time between. */
export function PathSteps({ steps, label }: { steps: readonly PathStep[]; label: string }) {
  return (
    <ol className="q-path" aria-label={label}>
      {steps.map((step) => (
        <li key={step.name} data-effect={step.effect || undefined} data-ahead={step.ahead || undefined}>
          <span className="q-path-circle">
            <Icon of={step.icon} />
          </span>
          <span className="q-name">{step.name}</span>
          <span className="q-meta">{step.when}</span>
        </li>
      ))}
    </ol>
  );
}
