/** Business hours: several intervals a day, holidays, and the time zone they are meant in. */
import type { JSX } from "preact";
import type { Hours } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { hours } from "../data/resource.ts";
import { may } from "../data/session.ts";
import { Chip } from "../ui/basic.tsx";
import { Field, TextField, type Submission } from "../ui/form.tsx";
import { Collection } from "./collection.tsx";
import { Holidays } from "./holidays.tsx";
import { DayHours, dayName } from "./week.tsx";
import { weekText } from "./week-words.ts";

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

const NINE_TO_FIVE: Hours["week"][number] = [["09:00", "17:00"]];
const NEW_WEEK: Hours["week"] = [NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE, [], []];

/** How many days of this year are closed beside the week's. */
function closedThisYear({ closed }: Hours): number {
  const year = String(new Date().getFullYear());
  return closed.filter((each) => each.date.startsWith(year)).length;
}

function Line({ item }: { item: Hours }): JSX.Element {
  const count = closedThisYear(item);
  const place = [item.country, item.subdivision].filter(Boolean).join("-");
  return (
    <>
      <strong class="thing-name">{item.name}</strong>
      <span class="thing-chips">{weekText(item.week, (day) => dayName(day, "short")).map((text) => <Chip key={text}>{text}</Chip>)}</span>
      <span class="thing-more">{[item.zone, count ? t("console-hours-holiday-count", { count }) : "", place].filter(Boolean).join(" · ")}</span>
    </>
  );
}

function begin(item: Hours | null) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { name, week, country, subdivision, struck, holidays } = item ?? { name: "", week: NEW_WEEK, country: null, subdivision: null, struck: [], holidays: [] };
  return { name, zone: item?.zone ?? zone, week, country, subdivision, struck, holidays };
}

export function HoursPage(): JSX.Element {
  return (
    <Collection noun="hours" icon="sun" resource={hours} mayChange={may("supervise")} wide nameOf={(item) => item.name} fieldNames={["name", "zone", "week", "country"]}
      begin={begin} row={(item) => <Line item={item} />}
      fields={(form, set, submission) => (
        <>
          <div class="fields">
            <TextField label={t("console-name-thing")} name="name" value={form.name} onValue={(name) => set({ name })} submission={submission} required autofocus />
            <Zone value={form.zone} onValue={(zone) => set({ zone })} submission={submission} />
          </div>
          <Field label={t("console-hours-week")} name="week" submission={submission}>
            {() => <div class="week">{form.week.map((day, index) => <DayHours key={index} day={day} index={index} onDay={(next) => set({ week: form.week.map((each, at) => (at === index ? next : each)) })} />)}</div>}
          </Field>
          <Holidays plan={form} week={form.week} onPlan={set} submission={submission} />
        </>
      )} />
  );
}
