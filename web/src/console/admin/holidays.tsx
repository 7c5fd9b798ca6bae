/** On which days nobody works: a country's holidays, those of them that are worked, and days of one's own. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { CountryHolidays, Hours, OwnHoliday } from "../../wire.ts";
import { api } from "../data/api.ts";
import { locale, t } from "../data/i18n.ts";
import { countries } from "../data/resource.ts";
import { Button, IconButton, Spinner } from "../ui/basic.tsx";
import { CheckField, SelectField, errorText, type Submission } from "../ui/form.tsx";

export type Plan = Pick<Hours, "country" | "subdivision" | "struck" | "holidays">;
type Worked = "closed" | "once" | "always";
interface Props { plan: Plan; week: Hours["week"]; onPlan: (change: Partial<Plan>) => void; submission: Submission }

function dateText(date: string): string {
  return new Intl.DateTimeFormat(locale(), { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));
}

function countryName(code: string): string {
  return new Intl.DisplayNames([locale()], { type: "region", fallback: "code" }).of(code) ?? code;
}

/** `struck` with this holiday closed, worked on that date, or worked in every year. */
function struckWith(struck: readonly string[], date: string, name: string, worked: Worked): string[] {
  const others = struck.filter((each) => each !== date && each !== name);
  return worked === "closed" ? others : [...others, worked === "once" ? date : name];
}

function Year({ plan, week, onPlan }: Omit<Props, "submission">): JSX.Element {
  const [year, setYear] = useState(new Date().getFullYear());
  const [found, setFound] = useState<CountryHolidays | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { country, subdivision, struck } = plan;
  useEffect(() => {
    let here = true;
    const query = new URLSearchParams({ year: String(year), ...(subdivision ? { subdivision } : {}) });
    api.get<CountryHolidays>(`/api/holidays/${country}?${query}`).then((next) => { if (here) { setFound(next); setError(null); } }, (fault: unknown) => { if (here) setError(fault); });
    return () => void (here = false);
  }, [country, subdivision, year]);
  const fresh = found?.country === country ? found : null;
  const regions = fresh?.subdivisions ?? [];
  return (
    <>
      {regions.length ? <SelectField label={t("console-hours-region")} name="subdivision" value={subdivision} onValue={(value) => onPlan({ subdivision: value || null, struck: [] })}
        options={[{ value: "", text: t("console-hours-region-none") }, ...regions.map((each) => ({ value: each.code, text: each.name ? `${each.name} (${each.code})` : each.code }))]} /> : null}
      <div class="holiday-year" role="group" aria-label={t("console-hours-year", { year: String(year) })}>
        <IconButton icon="back" size="small" label={t("console-hours-year-before")} onClick={() => setYear(year - 1)} />
        <strong class="tabular" aria-live="polite">{year}</strong>
        <IconButton icon="chevron" size="small" class="turned-end" label={t("console-hours-year-after")} onClick={() => setYear(year + 1)} />
      </div>
      {error ? <p class="field-error" role="alert">{errorText(error)}</p> : !fresh || fresh.year !== year ? <Spinner /> : (
        <ul class="holiday-list">
          {fresh.items.map(({ date, name, called }) => {
            const free = week[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7]?.length === 0;
            const worked: Worked = struck.includes(name) ? "always" : struck.includes(date) ? "once" : "closed";
            return (
              <li key={`${date}${name}`} class={`holiday-row ${worked === "closed" ? "" : "holiday-worked"}`}>
                <span class="holiday-date tabular">{dateText(date)}</span>
                <span class="holiday-name">{called}{free ? <small>{t("console-hours-free-anyway")}</small> : null}</span>
                <select class="input select" aria-label={t("console-hours-worked", { name: called, date: dateText(date) })} value={worked} onChange={(event) => onPlan({ struck: struckWith(struck, date, name, event.currentTarget.value as Worked) })}>
                  {(["closed", "once", "always"] as const).map((each) => <option key={each} value={each} selected={each === worked}>{t(`console-hours-worked-${each}`)}</option>)}
                </select>
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}

function OwnDays({ list, onList }: { list: readonly OwnHoliday[]; onList: (list: OwnHoliday[]) => void }): JSX.Element {
  const set = (at: number, change: Partial<OwnHoliday>): void => onList(list.map((each, index) => (index === at ? { ...each, ...change } : each)));
  return (
    <>
      {list.map((each, at) => (
        <div key={at} class="holiday">
          <input class="input" type="date" required value={each.date} aria-label={t("console-hours-date")} onInput={(event) => set(at, { date: event.currentTarget.value })} />
          <input class="input" value={each.name} required maxLength={200} aria-label={t("console-hours-holiday")} placeholder={t("console-hours-holiday")} onInput={(event) => set(at, { name: event.currentTarget.value })} />
          <CheckField label={t("console-hours-yearly")} checked={each.yearly ?? false} onValue={(yearly) => set(at, { yearly })} />
          <IconButton icon="close" size="small" label={t("console-remove", { name: each.name })} onClick={() => onList(list.filter((_, index) => index !== at))} />
        </div>
      ))}
      <Button size="small" icon="plus" class="fit" onClick={() => onList([...list, { date: "", name: "", yearly: false }])}>{t("console-hours-holiday-add")}</Button>
    </>
  );
}

function Part({ title, help, children }: { title: string; help: string; children: ComponentChildren }): JSX.Element {
  return <fieldset class="fieldset"><legend>{title}</legend><p class="field-help">{help}</p>{children}</fieldset>;
}

export function Holidays({ plan, week, onPlan, submission }: Props): JSX.Element {
  useEffect(() => countries.need(), []);
  const known = countries.items.value.map(({ code }) => ({ value: code, text: countryName(code) })).sort((one, other) => one.text.localeCompare(other.text, locale()));
  return (
    <>
      <Part title={t("console-hours-public")} help={t("console-hours-public-help")}>
        <SelectField label={t("console-hours-country")} name="country" submission={submission} value={plan.country} onValue={(value) => onPlan({ country: value || null, subdivision: null, struck: [] })}
          options={[{ value: "", text: t("console-hours-country-none") }, ...known]} />
        {plan.country ? <Year plan={plan} week={week} onPlan={onPlan} /> : null}
      </Part>
      <Part title={t("console-hours-holidays")} help={t("console-hours-holidays-help")}><OwnDays list={plan.holidays} onList={(holidays) => onPlan({ holidays })} /></Part>
    </>
  );
}
