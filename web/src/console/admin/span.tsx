/** A field for a length of time: a number and its unit, or none at all. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { t } from "../data/i18n.ts";
import { Field, type Submission } from "../ui/form.tsx";

const UNITS = { seconds: 1, minutes: 60, hours: 3600, days: 86400 } as const;
type Unit = keyof typeof UNITS;

/** The largest unit in which a length is a whole number. */
export function unitOf(seconds: number): Unit {
  const fitting = (Object.keys(UNITS) as Unit[]).filter((unit) => seconds >= UNITS[unit] && seconds % UNITS[unit] === 0);
  return fitting.at(-1) ?? "seconds";
}

interface Props { label: string; name: string; seconds: number | null; onSeconds: (seconds: number | null) => void; submission?: Submission; none: string; hiddenLabel?: boolean; help?: string }

export function Span({ label, name, seconds, onSeconds, submission, none, hiddenLabel, help }: Props): JSX.Element {
  const [unit, setUnit] = useState<Unit>(seconds ? unitOf(seconds) : "minutes");
  const set = (value: string, next: Unit): void => onSeconds(value === "" ? null : Math.round(Number(value) * UNITS[next]));
  const shown = seconds === null ? "" : String(seconds / UNITS[unit]);
  return (
    <Field label={label} name={name} submission={submission} hiddenLabel={hiddenLabel} help={help}>
      {(wired) => (
        <div class="span">
          <input class="input" type="number" min={0} step="any" {...wired} value={shown} placeholder={none} onInput={(event) => set(event.currentTarget.value, unit)} />
          <select class="input select" aria-label={`${label}: ${t("console-unit")}`} value={unit} onChange={(event) => { const next = event.currentTarget.value as Unit; setUnit(next); set(shown, next); }}>
            {(Object.keys(UNITS) as Unit[]).map((each) => <option key={each} value={each} selected={each === unit}>{t(`console-unit-${each}`)}</option>)}
          </select>
        </div>
      )}
    </Field>
  );
}
