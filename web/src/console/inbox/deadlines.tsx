/** By when the customer is owed what, and how each time was reached, in the server's words. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ConversationDetail, Deadline as Promised } from "../../wire.ts";
import { fullTime, isElsewhere } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { routingOf } from "../data/routing.ts";
import { Chip, Spinner } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { Deadline } from "../ui/time.tsx";

const TONES = { running: "neutral", paused: "neutral", missed: "bad", kept: "good", unanswered: "neutral", late: "bad" } as const;
const ICONS = { running: "clock", paused: "pause", missed: "alert", kept: "check", unanswered: "minus", late: "alert" } as const;

function Steps({ promised }: { promised: Promised }): JSX.Element {
  const half = promised.hidden ? Math.ceil(promised.steps.length / 2) : promised.steps.length;
  return (
    <details class="deadline-more">
      <summary>{t("console-deadline-steps", { count: promised.steps.length + promised.hidden })}</summary>
      <ol class="deadline-steps">
        {promised.steps.slice(0, half).map((each) => <li key={each.start} class={`deadline-${each.kind}`}>{each.text}</li>)}
        {promised.hidden ? <li class="deadline-hidden">{t("console-deadline-hidden", { count: promised.hidden })}</li> : null}
        {promised.steps.slice(half).map((each) => <li key={each.start} class={`deadline-${each.kind}`}>{each.text}</li>)}
      </ol>
    </details>
  );
}

function One({ promised }: { promised: Promised }): JSX.Element {
  const { state, target, due_at, warn_at, warned_at } = promised;
  const near = warned_at !== null;
  const warned = warned_at ?? warn_at;
  // All times here are those of the business hours' clock, as the server's words are; whoever lives by another is told so.
  const { zone } = promised;
  const elsewhere = isElsewhere(zone, [promised.started_at, due_at, warned]);
  return (
    <li class="deadline">
      <p class="deadline-head">
        <strong>{t(`console-deadline-${target}`)}</strong>
        {due_at && state === "running" ? <Deadline due={due_at} kind={target} near={near} zone={elsewhere ? zone : undefined} /> : <Chip tone={TONES[state]} icon={ICONS[state]}>{t(`console-deadline-state-${state}`)}</Chip>}
      </p>
      <p class="deadline-sum">{promised.text}{elsewhere ? <span class="deadline-zone"> {t("console-deadline-zone", { zone })}</span> : null}</p>
      <p class="deadline-by">
        {t("console-deadline-by", { policy: promised.policy, hours: promised.hours ?? t("console-hours-always") })}
        {warned && state === "running" ? ` · ${t(near ? "console-deadline-warned" : "console-deadline-warns", { time: fullTime(new Date(warned), locale(), zone) })}` : ""}
      </p>
      {promised.steps.length > 1 ? <Steps promised={promised} /> : null}
    </li>
  );
}

export function Deadlines({ detail }: { detail: ConversationDetail }): JSX.Element {
  const { id, due_at, due_near, status, handler } = detail.summary;
  const [found, setFound] = useState<readonly Promised[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let here = true;
    routingOf(id).then(
      (next) => { if (here) { setFound(next.deadlines ?? []); setError(null); } },
      (fault: unknown) => { if (here) setError(fault); },
    );
    return () => void (here = false);
  }, [id, due_at, due_near, status.state, handler.id, detail.events.length]);
  if (error) return <p class="section-none">{errorText(error)}</p>;
  if (!found) return <Spinner />;
  if (found.length === 0) return <p class="section-none">{t("console-deadline-none")}</p>;
  return <ul class="deadlines">{found.map((each) => <One key={each.target} promised={each} />)}</ul>;
}
