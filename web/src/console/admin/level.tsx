/** A level from 1 to 5, as five steps. */
import type { JSX } from "preact";

const LEVELS = [1, 2, 3, 4, 5];

export function Level({ value, label, onValue, disabled }: { value: number; label: string; onValue: (level: number) => void; disabled?: boolean }): JSX.Element {
  return (
    <span class="level" role="radiogroup" aria-label={label}>
      {LEVELS.map((level) => (
        <label key={level} class={`level-step ${level <= value ? "level-on" : ""}`}>
          <input type="radio" class="unseen" checked={level === value} disabled={disabled} onChange={() => onValue(level)} /><span>{level}</span>
        </label>
      ))}
    </span>
  );
}
