import "./marks.css";

export type Step = {
  name: string;
  /** When it happened, or how long it has lasted. */
  when?: string;
  /** Share of the current step's time used, in [0, 1]. */
  used?: number;
};

type StepperProps = { steps: readonly Step[]; current: number; label: string };

/** Where a case stands: done steps full, the current one bold, the rest to come. */
export function Stepper({ steps, current, label }: StepperProps) {
  return (
    <ol className="q-stepper" aria-label={label}>
      {steps.map((step, at) => {
        const share = at < current ? 1 : at === current ? (step.used ?? 0.45) : 0;
        return (
          <li
            key={step.name}
            aria-current={at === current ? "step" : undefined}
            data-future={at > current || undefined}
          >
            <svg width="100%" height="4" aria-hidden>
              <rect className="q-step-track" width="100%" height="4" rx="2" />
              <rect className="q-step-fill" width={`${share * 100}%`} height="4" rx="2" />
            </svg>
            <span className="q-step-words">
              <span>{step.name}</span>
              {step.when && <span className="q-step-when">{step.when}</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
