/** Several values for one thing: chips that can be taken off, and a list or a field that adds. */
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { t } from "../data/i18n.ts";
import { IconButton } from "./basic.tsx";

export interface Option { value: string; text: string }

interface AdderProps { label: string; options: Option[]; onAdd: (value: string) => void; name?: string; wrong?: boolean; describedBy?: string }

/**
 * A list that adds what is chosen and then stands at its first words again. Keys open it, for a closed list would
 * add whatever the arrow comes to first.
 */
export function Adder({ label, options, onAdd, name, wrong, describedBy }: AdderProps): JSX.Element | null {
  if (options.length === 0) return null;
  return (
    <select class="input select adder" aria-label={name ?? label} aria-invalid={wrong || undefined} aria-describedby={describedBy} value=""
      onKeyDown={(event) => {
        if (event.key.length > 1 && !event.key.startsWith("Arrow")) return;
        event.preventDefault();
        event.currentTarget.showPicker?.();
      }}
      onChange={(event) => { onAdd(event.currentTarget.value); event.currentTarget.value = ""; }}>
      <option value="">{label}</option>{options.map((each) => <option key={each.value} value={each.value}>{each.text}</option>)}
    </select>
  );
}

interface Props {
  label: string;
  values: string[];
  options: Option[];
  onValues: (values: string[]) => void;
  /** Whether a value may be typed that is not among the options. */
  free?: boolean;
  add: string;
  wrong?: boolean;
  describedBy?: string;
}

export function Picks({ label, values, options, onValues, free, add, wrong, describedBy }: Props): JSX.Element {
  const words = useId();
  const [typed, setTyped] = useState("");
  const left = options.filter((each) => !values.includes(each.value));
  const textOf = (value: string): string => options.find((each) => each.value === value)?.text ?? value;
  const put = (words: string): void => {
    const value = options.find((each) => each.text.toLowerCase() === words.trim().toLowerCase())?.value ?? words.trim();
    if (value && !values.includes(value)) onValues([...values, value]);
    setTyped("");
  };
  const wired = { "aria-label": `${label}: ${add}`, "aria-invalid": wrong || undefined, "aria-describedby": describedBy };
  return (
    <div class="picks" role="group" aria-label={label}>
      {values.map((value) => (
        <span key={value} class="picked">{textOf(value)}<IconButton icon="close" size="small" label={t("console-remove", { name: textOf(value) })} onClick={() => onValues(values.filter((each) => each !== value))} /></span>
      ))}
      {free ? (
        <>
          <input class="input picks-input" list={words} {...wired} placeholder={add} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} onBlur={() => put(typed)}
            onChange={(event) => { if (options.some((each) => each.value === event.currentTarget.value)) put(event.currentTarget.value); }}
            onKeyDown={(event) => {
              if (event.key === "Enter" && typed.trim()) { event.preventDefault(); put(typed); }
              if (event.key === "Backspace" && !typed && values.length) onValues(values.slice(0, -1));
            }} />
          <datalist id={words}>{left.map((each) => <option key={each.value} value={each.value}>{each.text}</option>)}</datalist>
        </>
      ) : <Adder label={add} name={wired["aria-label"]} options={left} onAdd={put} wrong={wrong} describedBy={describedBy} />}
    </div>
  );
}
