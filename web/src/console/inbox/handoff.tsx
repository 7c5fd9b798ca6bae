/** What the bot passes on with a conversation, at its top: what they want, what was tried, where it stands, and the facts. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ConversationDetail, Handoff } from "../../wire.ts";
import { languageName, percent, placedTime } from "../data/format.ts";
import { hasText, locale, t } from "../data/i18n.ts";
import { href } from "../data/router.ts";
import { answeredSinceQueued } from "../data/thread.ts";
import { Chip, type Tone } from "../ui/basic.tsx";
import { Icon } from "../ui/icons.tsx";
import { errandName } from "./errand.tsx";

const MOODS: Record<string, Tone> = { unhappy: "warn", urgent: "warn", angry: "bad" };
const SURE = 0.7;

function slotText(value: unknown): string {
  return value === null || value === undefined ? "–" : typeof value === "object" ? JSON.stringify(value) : String(value);
}

function nameFor(prefix: string, code: string): string {
  const key = `${prefix}-${code.replaceAll("_", "-")}`;
  return hasText(key) ? t(key) : code.replaceAll("_", " ");
}

const intentName = (code: string): string => nameFor("console-intent", code);

const CHANGES = ["changed", "waits", "refused", "unknown"];

function stepText({ code, about }: Handoff["steps"][number]): string {
  if (CHANGES.includes(code)) {
    const [wish = "", number = ""] = about.split(" ");
    return t(`console-handoff-step-${code}`, { wish, number });
  }
  return t(`console-handoff-step-${code.replaceAll("_", "-")}`, { about: code === "told" ? intentName(about) : code === "fetched" || code === "sent" ? errandName(about) : about });
}

function Wants({ handoff }: { handoff: Handoff }): JSX.Element {
  return (
    <dd>
      {handoff.matter ? <strong>{intentName(handoff.matter)}</strong> : null}
      {handoff.quotes.map((each, index) => <q key={index} dir="auto">{each}</q>)}
      {!handoff.matter && handoff.quotes.length === 0 ? <span dir="auto">{handoff.summary || "–"}</span> : null}
    </dd>
  );
}

function Tried({ handoff }: { handoff: Handoff }): JSX.Element {
  const steps = [...new Set(handoff.steps.map(stepText))];
  return <dd>{steps.length ? steps.join(" · ") : handoff.tried.length ? handoff.tried.join(" · ") : t("console-handoff-nothing-tried")}</dd>;
}

function Stands({ handoff }: { handoff: Handoff }): JSX.Element {
  const told = handoff.back_at
    ? t("console-handoff-told-back", { time: placedTime(new Date(handoff.back_at), locale()) })
    : handoff.case === null ? null : t("console-handoff-told-nobody");
  return (
    <dd>
      <span>{nameFor("console-handoff-reason", handoff.reason)}{handoff.topic ? `: ${handoff.topic}` : ""}</span>
      {told ? <span>{told}</span> : null}
      {handoff.case === null ? null : <Chip icon="flag" title={t("console-handoff-case-help")}>{t("console-handoff-case", { number: handoff.case })}</Chip>}
    </dd>
  );
}

function Facts({ handoff }: { handoff: Handoff }): JSX.Element {
  const { confidence } = handoff;
  const slots = Object.entries(handoff.slots).filter(([, value]) => value !== null && value !== "");
  return (
    <div class="handoff-facts">
      {handoff.mood && handoff.mood !== "calm" ? <Chip tone={MOODS[handoff.mood] ?? "neutral"}>{nameFor("console-handoff-mood", handoff.mood)}</Chip> : null}
      {handoff.tier ? <Chip tone="accent" title={t("console-handoff-tier")}>{handoff.tier}</Chip> : null}
      {handoff.language ? <Chip title={t("console-handoff-language")}>{languageName(handoff.language, locale())}</Chip> : null}
      {handoff.intent ? <Chip tone={confidence === null || confidence >= SURE ? "good" : "warn"} title={t("console-handoff-intent")}>{intentName(handoff.intent)}{confidence === null ? "" : ` ${percent(confidence, locale())}`}</Chip> : null}
      {slots.map(([name, value]) => <Chip key={name}>{nameFor("console-slot", name)}: {slotText(value)}</Chip>)}
    </div>
  );
}

export function HandoffCard({ detail, handoff }: { detail: ConversationDetail; handoff: Handoff }): JSX.Element {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = chosen ?? !answeredSinceQueued(detail);
  return (
    <section class="handoff" aria-label={t("console-handoff")}>
      <button type="button" class="handoff-head" aria-expanded={open} onClick={() => setChosen(!open)}>
        <span class="handoff-mark"><Icon name="bot" size={17} /></span>
        <strong>{t("console-handoff")}</strong>
        <span class="handoff-reason">{nameFor("console-handoff-reason", handoff.reason)}</span>
        <Icon name="chevron" size={16} class={open ? "turned" : ""} />
      </button>
      {open ? (
        <div class="handoff-body">
          <dl class="handoff-lines">
            <div><dt>{t("console-handoff-wants")}</dt><Wants handoff={handoff} /></div>
            <div><dt>{t("console-handoff-tried")}</dt><Tried handoff={handoff} /></div>
            <div><dt>{t("console-handoff-stands")}</dt><Stands handoff={handoff} /></div>
          </dl>
          <Facts handoff={handoff} />
          {handoff.articles.length ? (
            <ul class="handoff-articles" aria-label={t("console-handoff-articles")}>
              {handoff.articles.map((each) => <li key={each.article}><a href={href(`/articles/${each.article}`)}><Icon name="book" size={15} />{each.title}</a></li>)}
            </ul>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}
