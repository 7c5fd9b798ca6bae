/** Business hours: several intervals a day, holidays, and the time zone they are meant in. */
import type { JSX } from "preact";
import type { Hours, Holiday } from "../../wire.ts";
import { locale, t } from "../data/i18n.ts";
import { hours } from "../data/resource.ts";
import { may } from "../data/session.ts";
import { Button, Chip, IconButton } from "../ui/basic.tsx";
import { Field, TextField, type Submission } from "../ui/form.tsx";
import { Collection } from "./collection.tsx";

type Week = Hours["week"];
const MONDAY = Date.UTC(2024, 0, 1);

function dayName(day: number, style: "long" | "short"): string {
  return new Intl.DateTimeFormat(locale(), { weekday: style, timeZone: "UTC" }).format(MONDAY + day * 86_400_000);
}

/** The week in a few words: equal days that follow one another are drawn together. */
function weekText(week: Week): string[] {
  const text = (day: [string, string][]): string => day.map(([from, to]) => `${from}–${to}`).join(", ");
  const spans: { from: number; to: number; text: string }[] = [];
  week.forEach((day, at) => {
    const last = spans.at(-1);
    if (last && last.text === text(day) && last.to === at - 1) last.to = at;
    else spans.push({ from: at, to: at, text: text(day) });
  });
  return spans.filter((span) => span.text).map((span) => `${dayName(span.from, "short")}${span.to > span.from ? `–${dayName(span.to, "short")}` : ""} ${span.text}`);
}

function Day({ day, index, onDay }: { day: [string, string][]; index: number; onDay: (day: [string, string][]) => void }): JSX.Element {
  const name = dayName(index, "long");
  const set = (at: number, side: 0 | 1, value: string): void => onDay(day.map((span, each) => (each === at ? (side ? [span[0], value] : [value, span[1]]) : span)));
  const add = (): void => {
    const last = day.at(-1)?.[1];
    onDay([...day, last && last < "22:00" ? [last, "22:00"] : ["09:00", "17:00"]]);
  };
  return (
    <div class="weekday" role="group" aria-label={name}>
      <strong>{name}</strong>
      <div class="weekday-spans">
        {day.map(([from, to], at) => (
          <span key={at} class="weekday-span">
            <input class="input" type="time" value={from} aria-label={t("console-hours-from", { day: name })} required onInput={(event) => set(at, 0, event.currentTarget.value)} />–
            <input class="input" type="time" value={to} aria-label={t("console-hours-to", { day: name })} required onInput={(event) => set(at, 1, event.currentTarget.value)} />
            <IconButton icon="close" size="small" label={t("console-remove", { name: `${from}–${to}` })} onClick={() => onDay(day.filter((_, each) => each !== at))} />
          </span>
        ))}
        {day.length === 0 ? <span class="weekday-closed">{t("console-hours-closed")}</span> : null}
        <IconButton icon="plus" size="small" label={t("console-hours-add-span", { day: name })} onClick={add} />
      </div>
    </div>
  );
}

function Holidays({ list, onList }: { list: Holiday[]; onList: (list: Holiday[]) => void }): JSX.Element {
  const set = (at: number, change: Partial<Holiday>): void => onList(list.map((each, index) => (index === at ? { ...each, ...change } : each)));
  return (
    <fieldset class="fieldset">
      <legend>{t("console-hours-holidays")}</legend>
      {list.map((each, at) => (
        <div key={at} class="holiday">
          <input class="input" type="date" required value={each.date} aria-label={t("console-hours-date")} onInput={(event) => set(at, { date: event.currentTarget.value })} />
          <input class="input" value={each.name} required aria-label={t("console-hours-holiday")} placeholder={t("console-hours-holiday")} onInput={(event) => set(at, { name: event.currentTarget.value })} />
          <IconButton icon="close" size="small" label={t("console-remove", { name: each.name })} onClick={() => onList(list.filter((_, index) => index !== at))} />
        </div>
      ))}
      <Button size="small" icon="plus" class="fit" onClick={() => onList([...list, { date: "", name: "" }])}>{t("console-hours-holiday-add")}</Button>
    </fieldset>
  );
}

function Zone({ value, onValue, submission }: { value: string; onValue: (zone: string) => void; submission: Submission }): JSX.Element {
  return (
    <Field label={t("console-hours-zone")} name="zone" submission={submission}>
      {(wired) => (
        <>
          <input class="input" {...wired} list="zones" value={value} required onInput={(event) => onValue(event.currentTarget.value)} />
          <datalist id="zones">{Intl.supportedValuesOf("timeZone").map((zone) => <option key={zone} value={zone} />)}</datalist>
        </>
      )}
    </Field>
  );
}

const NEW_WEEK: Week = [[["09:00", "17:00"]], [["09:00", "17:00"]], [["09:00", "17:00"]], [["09:00", "17:00"]], [["09:00", "17:00"]], [], []];

export function HoursPage(): JSX.Element {
  return (
    <Collection noun="hours" icon="sun" resource={hours} mayChange={may("supervise")} wide nameOf={(item) => item.name} fieldNames={["name", "zone", "week", "holidays"]}
      begin={(item) => ({ name: item?.name ?? "", zone: item?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone, week: item?.week ?? NEW_WEEK, holidays: item?.holidays ?? [] })}
      row={(item) => <><strong class="thing-name">{item.name}</strong><span class="thing-chips">{weekText(item.week).map((text) => <Chip key={text}>{text}</Chip>)}</span><span class="thing-more">{item.zone}{item.holidays.length ? ` · ${t("console-hours-holiday-count", { count: item.holidays.length })}` : ""}</span></>}
      fields={(form, set, submission) => (
        <>
          <div class="fields">
            <TextField label={t("console-name-thing")} name="name" value={form.name} onValue={(name) => set({ name })} submission={submission} required autofocus />
            <Zone value={form.zone} onValue={(zone) => set({ zone })} submission={submission} />
          </div>
          <Field label={t("console-hours-week")} name="week" submission={submission}>
            {() => <div class="week">{form.week.map((day, index) => <Day key={index} day={day} index={index} onDay={(next) => set({ week: form.week.map((each, at) => (at === index ? next : each)) })} />)}</div>}
          </Field>
          <Holidays list={form.holidays} onList={(holidays) => set({ holidays })} />
        </>
      )} />
  );
}
