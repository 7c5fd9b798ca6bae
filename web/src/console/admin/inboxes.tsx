/** Inboxes: where customers write to us; a widget shows the line to put on a site. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Inbox } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { inboxes, nameOf, queues } from "../data/resource.ts";
import { may } from "../data/session.ts";
import { Button, Chip } from "../ui/basic.tsx";
import { CheckField, SelectField, TextField } from "../ui/form.tsx";
import { attempt } from "../ui/toast.tsx";
import { Collection } from "./collection.tsx";

export function Copy({ text, label }: { text: string; label: string }): JSX.Element {
  return (
    <div class="copy">
      <code tabIndex={0} aria-label={label}>{text}</code>
      <Button size="small" icon="copy" onClick={() => void attempt(() => navigator.clipboard.writeText(text), t("console-copied"))}>{t("console-copy")}</Button>
    </div>
  );
}

interface Form { kind: string; name: string; queue: string; enabled: boolean; bot: boolean; origins: string; color: string; position: string; greeting: Record<string, string>; rest: Record<string, unknown> }

/** One in each language that the inbox speaks, and in those that have one already. */
function greetings(known: unknown, languages: unknown): Record<string, string> {
  const tags = Array.isArray(languages) ? languages.map(String) : ["en", "zh"];
  return { ...Object.fromEntries(tags.map((tag) => [tag, ""])), ...(known as Record<string, string> | undefined) };
}

function begin(item: Inbox | null): Form {
  const { origins, color, position, greeting, ...rest } = item?.config ?? {};
  const words = (value: unknown): string => (typeof value === "string" ? value : "");
  return {
    kind: item?.kind ?? "widget", name: item?.name ?? "", queue: item?.queue ?? queues.items.value[0]?.id ?? "", enabled: item?.enabled ?? true, bot: item?.bot ?? true,
    origins: Array.isArray(origins) ? origins.join("\n") : "", color: words(color), position: words(position), greeting: greetings(greeting, rest["languages"]), rest,
  };
}

function body({ origins, color, position, greeting, rest, ...form }: Form): unknown {
  const said = (pairs: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(pairs).filter(([, value]) => value.trim() !== ""));
  const config = form.kind === "widget" ? { ...rest, origins: origins.split(/\s+/u).filter(Boolean), ...said({ color, position }), greeting: said(greeting) } : rest;
  return { ...form, config };
}

export function InboxesPage(): JSX.Element {
  useEffect(() => void queues.load(), []);
  return (
    <Collection noun="inbox" icon="chat" resource={inboxes} mayChange={may("administer")} mayRemove={false} wide nameOf={(item) => item.name} fieldNames={["name", "queue", "enabled", "bot", "origins", "color", "position", "greeting"]}
      begin={begin} body={body}
      row={(item) => <><strong class="thing-name">{item.name}</strong><span class="thing-chips"><Chip>{item.kind}</Chip>{item.bot ? <Chip tone="bot" icon="bot">{t("console-inbox-bot-on")}</Chip> : null}{item.enabled ? null : <Chip tone="warn">{t("console-inbox-off")}</Chip>}</span><span class="thing-more">→ {nameOf(queues, item.queue)}</span></>}
      fields={(form, set, submission) => (
        <>
          <div class="fields">
            <TextField label={t("console-name-thing")} name="name" value={form.name} onValue={(name) => set({ name })} submission={submission} required autofocus />
            <SelectField label={t("console-inbox-queue")} name="queue" value={form.queue} onValue={(queue) => set({ queue })} submission={submission} options={queues.items.value.map((each) => ({ value: each.id, text: each.name }))} />
          </div>
          <CheckField label={t("console-inbox-enabled")} checked={form.enabled} onValue={(enabled) => set({ enabled })} />
          <CheckField label={t("console-inbox-bot")} help={t("console-inbox-bot-help")} checked={form.bot} onValue={(bot) => set({ bot })} />
          {form.kind === "widget" ? (
            <fieldset class="fieldset"><legend>{t("console-inbox-looks")}</legend>
              <TextField label={t("console-inbox-origins")} name="origins" lines={2} value={form.origins} onValue={(origins) => set({ origins })} submission={submission} help={t("console-inbox-origins-help")} />
              <div class="fields">
                <TextField label={t("console-inbox-color")} name="color" value={form.color} onValue={(color) => set({ color })} submission={submission} placeholder="#3d55d9" />
                <SelectField label={t("console-inbox-position")} name="position" value={form.position} onValue={(position) => set({ position })} submission={submission} options={["", "left", "right"].map((value) => ({ value, text: t(`console-inbox-position-${value || "default"}`) }))} />
              </div>
              {Object.entries(form.greeting).map(([tag, text]) => (
                <TextField key={tag} label={`${t("console-inbox-greeting")} (${tag})`} name={`greeting-${tag}`} value={text} onValue={(next) => set({ greeting: { ...form.greeting, [tag]: next } })} submission={submission} />
              ))}
            </fieldset>
          ) : null}
        </>
      )}
      extra={(item) => item.snippet ? <div class="field"><span class="label">{t("console-inbox-snippet")}</span><Copy text={item.snippet} label={t("console-inbox-snippet")} /><p class="field-help">{t("console-inbox-snippet-help")}</p></div> : null} />
  );
}
