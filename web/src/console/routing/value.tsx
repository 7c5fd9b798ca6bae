/** What a condition compares with: channels, words, a share, hours, a time of the week. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { ConfidenceCondition, TimeCondition } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { hours } from "../data/resource.ts";
import { Picks } from "../ui/picks.tsx";
import { known } from "./known.ts";
import { choices, weekday } from "./labels.ts";
import type { Leaf, LeafCondition } from "./model.ts";

const DAYS = [0, 1, 2, 3, 4, 5, 6];
const MIDNIGHT = "24:00";

interface Shared { wrong: boolean; describedBy?: string | undefined }
interface Props extends Shared { node: Leaf; onNode: (node: Leaf) => void }

/** Which of the things that contacts or sites tell is meant, with those seen so far. */
export function NameField({ node, onNode, wrong, describedBy }: Props): JSX.Element | null {
  const list = useId();
  const { is } = node;
  if (is.kind !== "contact" && is.kind !== "context") return null;
  const label = t(`console-rule-name-${is.kind}`);
  const set = (name: string): void => onNode({ ...node, is: is.kind === "contact" ? { ...is, attribute: name } : { ...is, name } });
  return (
    <>
      <input class="input cond-name" list={list} aria-label={label} placeholder={label} aria-invalid={wrong || undefined} aria-describedby={describedBy} value={is.kind === "contact" ? is.attribute : is.name} required onInput={(event) => set(event.currentTarget.value)} />
      <datalist id={list}>{Object.keys(is.kind === "contact" ? known.value.attributes : known.value.context).map((each) => <option key={each} value={each} />)}</datalist>
    </>
  );
}

function Share({ label, value, onValue, wrong, describedBy }: Shared & { label: string; value: number; onValue: (value: number) => void }): JSX.Element {
  return (
    <span class="share">
      <input class="input" type="number" min={0} max={100} step={1} aria-label={label} aria-invalid={wrong || undefined} aria-describedby={describedBy} value={Math.round(value * 100)} onInput={(event) => onValue(Number(event.currentTarget.value) / 100)} />%
    </span>
  );
}

function Confidence({ is, onIs, ...shared }: Shared & { is: ConfidenceCondition; onIs: (is: LeafCondition) => void }): JSX.Element {
  return (
    <span class="cond-value">
      {typeof is.at_least === "number" ? <Share {...shared} label={t("console-rule-way-from")} value={is.at_least} onValue={(at_least) => onIs({ ...is, at_least })} /> : null}
      {typeof is.below === "number" ? <Share {...shared} label={t("console-rule-way-below")} value={is.below} onValue={(below) => onIs({ ...is, below })} /> : null}
    </span>
  );
}

function Times({ is, onIs, wrong, describedBy }: Shared & { is: TimeCondition; onIs: (is: LeafCondition) => void }): JSX.Element {
  const zones = useId();
  const days = is.days ?? [];
  const shared = { "aria-invalid": wrong || undefined, "aria-describedby": describedBy, class: "input" };
  return (
    <span class="cond-value cond-times">
      <span class="days" role="group" aria-label={t("console-rule-days")}>
        {DAYS.map((day) => (
          <label key={day} class="day-pick"><input type="checkbox" class="unseen" checked={days.includes(day)} aria-label={weekday(day, "long")} onChange={(event) => onIs({ ...is, days: event.currentTarget.checked ? [...days, day].sort() : days.filter((each) => each !== day) })} /><span aria-hidden="true">{weekday(day)}</span></label>
        ))}
      </span>
      <span class="weekday-span">
        <input type="time" required {...shared} aria-label={t("console-rule-from")} value={is.start ?? "00:00"} onInput={(event) => onIs({ ...is, start: event.currentTarget.value })} />–
        <input type="time" required {...shared} aria-label={t("console-rule-until")} value={is.end === MIDNIGHT ? "00:00" : is.end} onInput={(event) => onIs({ ...is, end: event.currentTarget.value === "00:00" ? MIDNIGHT : event.currentTarget.value })} />
      </span>
      <input {...shared} class="input cond-zone" list={zones} required aria-label={t("console-hours-zone")} value={is.zone} onInput={(event) => onIs({ ...is, zone: event.currentTarget.value })} />
      <datalist id={zones}>{Intl.supportedValuesOf("timeZone").map((zone) => <option key={zone} value={zone} />)}</datalist>
    </span>
  );
}

export function Value({ node, onNode, wrong, describedBy }: Props): JSX.Element | null {
  const { is } = node;
  const shared = { wrong, describedBy };
  const onIs = (next: LeafCondition): void => onNode({ ...node, is: next });
  const label = t(`console-rule-kind-${is.kind}`);
  switch (is.kind) {
    case "contact": case "context": {
      const seen = (is.kind === "contact" ? known.value.attributes[is.attribute] : known.value.context[is.name]) ?? [];
      return node.known ? null : <Picks {...shared} free label={label} add={t("console-rule-add-value")} values={is.any_of ?? []} options={seen.map((value) => ({ value, text: value }))} onValues={(any_of) => onIs({ ...is, any_of })} />;
    }
    case "text": return <Picks {...shared} free label={label} add={t("console-rule-add-word")} values={is.words} options={[]} onValues={(words) => onIs({ ...is, words })} />;
    case "confidence": return <Confidence {...shared} is={is} onIs={onIs} />;
    case "time": return <Times {...shared} is={is} onIs={onIs} />;
    case "hours": return (
      <select class="input select cond-hours" aria-label={label} aria-invalid={wrong || undefined} aria-describedby={describedBy} value={is.hours} onChange={(event) => onIs({ ...is, hours: event.currentTarget.value })}>
        <option value="">{t("console-rule-choose")}</option>
        {hours.items.value.map((each) => <option key={each.id} value={each.id} selected={each.id === is.hours}>{each.name}</option>)}
      </select>
    );
    default: return <Picks {...shared} free={is.kind !== "channel" && is.kind !== "inbox"} label={label} add={t("console-rule-add-value")} values={is.any_of} options={choices(is.kind)} onValues={(any_of) => onIs({ ...is, any_of })} />;
  }
}
