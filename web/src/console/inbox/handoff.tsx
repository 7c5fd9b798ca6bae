/** What the bot passes on with a conversation: the matter in short, what it understood, what it tried. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Handoff } from "../../wire.ts";
import { percent } from "../data/format.ts";
import { hasText, locale, t } from "../data/i18n.ts";
import { href } from "../data/router.ts";
import { Chip } from "../ui/basic.tsx";
import { Icon } from "../ui/icons.tsx";

function slotText(value: unknown): string {
  return value === null || value === undefined ? "–" : typeof value === "object" ? JSON.stringify(value) : String(value);
}

function nameFor(prefix: string, code: string): string {
  const key = `${prefix}-${code.replaceAll("_", "-")}`;
  return hasText(key) ? t(key) : code.replaceAll("_", " ");
}

export function HandoffCard({ handoff }: { handoff: Handoff }): JSX.Element {
  const [open, setOpen] = useState(true);
  const slots = Object.entries(handoff.slots ?? {}).filter(([, value]) => value !== null && value !== "");
  return (
    <li class="handoff">
      <button type="button" class="handoff-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span class="handoff-mark"><Icon name="bot" size={17} /></span>
        <strong>{t("console-handoff")}</strong>
        <span class="handoff-reason">{nameFor("console-handoff-reason", handoff.reason)}</span>
        <Icon name="chevron" size={16} class={open ? "turned" : ""} />
      </button>
      {open ? (
        <div class="handoff-body">
          {handoff.summary ? <p class="handoff-summary" dir="auto">{handoff.summary}</p> : null}
          <dl class="facts">
            {handoff.intent ? <div><dt>{t("console-handoff-intent")}</dt><dd>{nameFor("console-intent", handoff.intent)}{handoff.confidence === null ? null : <Chip tone={handoff.confidence >= 0.7 ? "good" : "warn"}>{percent(handoff.confidence, locale())}</Chip>}</dd></div> : null}
            {slots.map(([name, value]) => <div key={name}><dt>{nameFor("console-slot", name)}</dt><dd class="facts-value">{slotText(value)}</dd></div>)}
            {handoff.tried?.length ? <div><dt>{t("console-handoff-tried")}</dt><dd>{handoff.tried.join(" · ")}</dd></div> : null}
          </dl>
          {handoff.articles?.length ? (
            <ul class="handoff-articles" aria-label={t("console-handoff-articles")}>
              {handoff.articles.map((each) => <li key={each.article}><a href={href(`/articles/${each.article}`)}><Icon name="book" size={15} />{each.title}</a></li>)}
            </ul>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}
