/** Fields with their label, help and error beside them, and a form that knows when it is busy or refused. */
import type { ComponentChildren, JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { ApiError } from "../data/api.ts";
import { hasText, t } from "../data/i18n.ts";
import { Notice } from "./basic.tsx";

/** What the server says of a field whose form is its own, and our words for it. */
const FORMS: Record<string, string> = {
  "a valid value": "error-rule-valid",
  "an address such as name@example.com": "error-rule-address",
  "a level from 1 to 5": "error-rule-level",
  "a day from 0 (Monday) to 6 (Sunday)": "error-rule-weekday",
  "a number from 0 to 1": "error-rule-confidence",
  "the name of an intent": "error-rule-intent",
  "a priority to add, from 0 to 100": "error-rule-added",
  "a host name such as mail.example.com": "error-rule-host",
  "an address such as https://login.example.com/token": "error-rule-url",
  "three capital letters, such as EUR": "error-rule-currency",
  "one line": "error-rule-line",
  "one line with something in it": "error-rule-name",
  "a language such as en or zh": "error-rule-language",
  "a time such as 09:00": "error-rule-time",
  "a date such as 2026-12-25": "error-rule-date",
  "up to 40 characters without spaces and slashes": "error-rule-shortcut",
  "no control characters": "error-rule-control",
  "the bot's token as BotFather shows it, such as 123456789:AA…": "error-rule-bot-token",
  "a language such as en": "error-rule-language",
  "addresses like https://shop.example, without a path, or *": "error-rule-origins",
  "a colour like #1f6f5c": "error-rule-color",
  "an address such as https://shop.example/parley": "error-rule-webhook",
  "an address with https, because customers' words go there": "error-rule-https",
  "at least one language": "error-rule-languages",
  "at least one kind of inbox, or nothing for all: who should get no work is set to away": "error-rule-channels",
  "a short name of small letters, digits and _, not page or start": "error-rule-key",
  "a name that no other question has": "error-rule-key-taken",
  "the question in at least one language": "error-rule-label",
  "2 to 30 options to choose from": "error-rule-options",
  "each option in at least one language": "error-rule-option",
  "a currency such as EUR (ISO 4217)": "error-rule-currency",
  "an address in lines, at most 400 characters": "error-rule-place",
  "at most 1000 characters": "error-rule-said",
};

/** Rules of routing, some with a value of their own. */
const ROUTING: [RegExp, string][] = [
  [/^a queue, priority, skills, a ladder/u, "error-rule-gives"],
  [/^at least one condition/u, "error-rule-group"],
  [/^a word or a phrase/u, "error-rule-word"],
  [/^more than at_least/u, "error-rule-share"],
  [/^a time after (?<start>[\d:]+);/u, "error-rule-midnight"],
  [/^an IANA time zone/u, "error-rule-zone"],
  [/^a step that lets more agents have it/u, "error-rule-step"],
  [/^alternatives or named agents/u, "error-rule-nobody"],
  [/^more than (?<seconds>\d+) s, which the step before has/u, "error-rule-later"],
  [/^seconds from 1, counted from when/u, "error-rule-wait"],
  [/^a plan that is worked out within (?<seconds>[\d.]+) s/u, "error-rule-plan"],
  [/^groups within groups/u, "error-rule-deep"],
  [/^(?:an? )?.* (?:that (?:there is|exists?)|active agent), not /u, "error-rule-gone"],
];

function routingText(expected: string): string | null {
  for (const [form, key] of ROUTING) {
    const found = form.exec(expected);
    if (found) return t(key, found.groups ?? {});
  }
  return null;
}

/** The rules that the server states most often, in the person's language. */
function ruleText(expected: string): string | null {
  const form = FORMS[expected];
  if (form) return t(form);
  const routing = routingText(expected);
  if (routing) return routing;
  const other = /inbox (.*) uses this one already$/u.exec(expected)?.[1];
  if (other) return t("error-rule-taken", { inbox: other });
  const between = /from (\d+)[^\d]*? to (\d+)/u.exec(expected);
  if (between) return t("error-rule-between", { least: Number(between[1]), most: Number(between[2]) });
  const found = /(str|array|int|float|number)?[^<>=]*(?:length )?(>=|<=) ?(\d+)/u.exec(expected);
  if (!found) return null;
  const what = expected.includes("length") ? (found[1] === "array" ? "count" : "length") : "value";
  return t(`error-rule-${what}-${found[2] === ">=" ? "least" : "most"}`, { limit: Number(found[3]) });
}

/** The way that a server's sentence names: `a → b → a`. */
function wayOf(sentence: string): { way: string } {
  return { way: /\S+(?: → \S+)+/u.exec(sentence)?.[0] ?? "" };
}

/** An error in the person's language: by its code if we know it, else the server's own words. */
export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return t("error-unknown");
  const key = `error-${error.code.replaceAll("_", "-")}${error.code === "wrong_password" && error.field ? "-old" : ""}`;
  const rule = ruleText(error.expected ?? "");
  if (error.code === "invalid" && rule) return rule;
  if (error.code !== "invalid" && hasText(key)) return t(key, wayOf(error.expected ?? error.message));
  if (error.message) return error.expected ? `${error.message} (${t("error-expected", { expected: error.expected })})` : error.message;
  return t("error-unknown");
}

export interface Submission { busy: boolean; error: ApiError | null; run: (work: () => Promise<void>) => Promise<boolean>; clear: () => void }

export function useSubmission(): Submission {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const run = async (work: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    setError(null);
    try {
      await work();
      return true;
    } catch (fault) {
      setError(fault instanceof ApiError ? fault : new ApiError(0, "unknown", null, null, ""));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, run, clear: () => setError(null) };
}

interface FieldProps {
  label: string;
  /** The name that the server gives this field in its errors. */
  name: string;
  submission?: Submission;
  help?: ComponentChildren;
  children: (wired: { id: string; name: string; "aria-invalid"?: boolean; "aria-describedby"?: string }) => ComponentChildren;
  hiddenLabel?: boolean;
}

/** Whether an error's field (`requirements[0].level`, `config.imap.host`) means the one called `name` (`imap.host`). */
export function means(field: string | null | undefined, name: string): boolean {
  const whole = (field ?? "").split(/[.[\]]+/u).filter(Boolean);
  const wanted = name.split(".");
  return whole.some((_, at) => wanted.every((each, index) => whole[at + index] === each));
}

export function Field({ label, name, submission, help, children, hiddenLabel }: FieldProps): JSX.Element {
  const id = useId();
  const wrong = means(submission?.error?.field, name);
  const about = [help && !wrong ? `${id}-help` : "", wrong ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div class={`field ${wrong ? "field-wrong" : ""}`}>
      <label for={id} class={hiddenLabel ? "unseen" : ""}>{label}</label>
      {children({ id, name, ...(wrong ? { "aria-invalid": true } : {}), ...(about ? { "aria-describedby": about } : {}) })}
      {help && !wrong ? <p class="field-help" id={`${id}-help`}>{help}</p> : null}
      {wrong ? <p class="field-error" id={`${id}-error`} role="alert">{errorText(submission!.error)}</p> : null}
    </div>
  );
}

/** The error of a form that belongs to no field in it. */
/** `action`: what else can be done about it, beside the words. */
export function FormError({ submission, fields, action }: { submission: Submission; fields: string[]; action?: ComponentChildren }): JSX.Element | null {
  if (!submission.error || fields.some((name) => means(submission.error?.field, name))) return null;
  return <Notice tone="bad" action={action}>{errorText(submission.error)}</Notice>;
}

type Value = string | number | null;
interface TextProps extends Omit<FieldProps, "children"> {
  value: Value; onValue: (value: string) => void; type?: "text" | "email" | "password" | "number" | "time" | "date" | "datetime-local" | "search"; required?: boolean; autoComplete?: string; placeholder?: string;
  autofocus?: boolean; min?: number; max?: number; lines?: number; inputMode?: "numeric" | "email"; minLength?: number; disabled?: boolean; spellcheck?: boolean;
}

export function TextField({ value, onValue, type = "text", autofocus, lines, ...rest }: TextProps): JSX.Element {
  const { label, name, submission, help, hiddenLabel, ...input } = rest;
  const shared = { ...input, value: value ?? "", onInput: (event: Event) => onValue((event.currentTarget as HTMLInputElement).value), ...(autofocus ? { "data-autofocus": true } : {}) };
  return (
    <Field {...{ label, name, submission, help, hiddenLabel }}>
      {(wired) => lines ? <textarea class="input" rows={lines} {...shared} {...wired} /> : <input class="input" {...({ type, ...shared, ...wired } as { type: "text" })} />}
    </Field>
  );
}

interface SelectProps extends Omit<FieldProps, "children"> { value: string | null; onValue: (value: string) => void; options: { value: string; text: string }[]; disabled?: boolean }

export function SelectField({ value, onValue, options, disabled, ...rest }: SelectProps): JSX.Element {
  return (
    <Field {...rest}>
      {(wired) => (
        <select class="input select" {...wired} disabled={disabled} value={value ?? ""} onChange={(event) => onValue(event.currentTarget.value)}>
          {options.map((option) => <option key={option.value} value={option.value} selected={option.value === (value ?? "")}>{option.text}</option>)}
        </select>
      )}
    </Field>
  );
}

export function CheckField({ label, checked, onValue, help, disabled }: { label: ComponentChildren; checked: boolean; onValue: (checked: boolean) => void; help?: string; disabled?: boolean }): JSX.Element {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onValue(event.currentTarget.checked)} />
      <span>{label}{help ? <small>{help}</small> : null}</span>
    </label>
  );
}
