/** Inboxes: where customers write to us; a widget shows the line to put on a site. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Inbox } from "../../wire.ts";
import { LANGUAGES, t } from "../data/i18n.ts";
import { inboxes, nameOf, queues } from "../data/resource.ts";
import { may } from "../data/session.ts";
import { Button, Chip } from "../ui/basic.tsx";
import { CheckField, Field, SelectField, TextField, type Submission } from "../ui/form.tsx";
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

const COLOR = "#3d55d9";

function begin(item: Inbox | null): Form {
  const { origins, color, position, greeting, ...rest } = item?.config ?? {};
  const words = (value: unknown, usual: string): string => (typeof value === "string" ? value : usual);
  return {
    kind: item?.kind ?? "widget", name: item?.name ?? "", queue: item?.queue ?? queues.items.value[0]?.id ?? "", enabled: item?.enabled ?? true, bot: item?.bot !== "off",
    origins: Array.isArray(origins) ? origins.join("\n") : "", color: words(color, item ? "" : COLOR), position: words(position, "right"),
    greeting: typeof greeting === "object" && greeting !== null ? { ...(greeting as Record<string, string>) } : {}, rest,
  };
}

/** What the form does not know stays as it was. */
function body({ origins, color, position, greeting, rest, bot, ...fields }: Form): unknown {
  const form = { ...fields, bot: bot ? "answer" : "off" };
  if (form.kind !== "widget") return { ...form, config: rest };
  const said = Object.fromEntries(Object.entries(greeting).filter(([, text]) => text.trim() !== ""));
  return { ...form, config: { ...rest, origins: origins.split(/\s+/u).filter(Boolean), color: color || null, position, greeting: said } };
}

interface LooksProps { form: Form; set: (change: Partial<Form>) => void; submission: Submission }

function Looks({ form, set, submission }: LooksProps): JSX.Element {
  return (
    <fieldset class="fieldset"><legend>{t("console-inbox-looks")}</legend>
      <TextField label={t("console-inbox-origins")} name="origins" lines={2} value={form.origins} onValue={(origins) => set({ origins })} submission={submission} help={t("console-inbox-origins-help")} />
      <div class="fields">
        <Field label={t("console-inbox-color")} name="color" submission={submission}>
          {(wired) => (
            <div class="color">
              <input type="color" class="color-well" aria-label={t("console-inbox-color")} value={/^#[0-9a-f]{6}$/i.test(form.color) ? form.color : COLOR} onInput={(event) => set({ color: event.currentTarget.value })} />
              <input class="input" {...wired} value={form.color} placeholder={COLOR} spellcheck={false} onInput={(event) => set({ color: event.currentTarget.value })} />
            </div>
          )}
        </Field>
        <SelectField label={t("console-inbox-position")} name="position" value={form.position} onValue={(position) => set({ position })} submission={submission} options={["right", "left"].map((value) => ({ value, text: t(`console-inbox-position-${value}`) }))} />
      </div>
      {LANGUAGES.map(({ tag, name }) => (
        <TextField key={tag} label={t("console-inbox-greeting", { language: name })} name="greeting" value={form.greeting[tag] ?? ""} onValue={(text) => set({ greeting: { ...form.greeting, [tag]: text } })} submission={submission} />
      ))}
    </fieldset>
  );
}

export function InboxesPage(): JSX.Element {
  useEffect(() => void queues.load(), []);
  return (
    <Collection noun="inbox" icon="chat" resource={inboxes} mayChange={may("administer")} mayRemove={false} wide nameOf={(item) => item.name} fieldNames={["name", "queue", "enabled", "bot", "origins", "color", "position", "greeting"]}
      begin={begin} body={body}
      row={(item) => <><strong class="thing-name">{item.name}</strong><span class="thing-chips"><Chip>{item.kind}</Chip>{item.bot !== "off" ? <Chip tone="bot" icon="bot">{t("console-inbox-bot-on")}</Chip> : null}{item.enabled ? null : <Chip tone="warn">{t("console-inbox-off")}</Chip>}</span><span class="thing-more">→ {nameOf(queues, item.queue)}</span></>}
      fields={(form, set, submission) => (
        <>
          <div class="fields">
            <TextField label={t("console-name-thing")} name="name" value={form.name} onValue={(name) => set({ name })} submission={submission} required autofocus />
            <SelectField label={t("console-inbox-queue")} name="queue" value={form.queue} onValue={(queue) => set({ queue })} submission={submission} options={queues.items.value.map((each) => ({ value: each.id, text: each.name }))} />
          </div>
          <CheckField label={t("console-inbox-enabled")} checked={form.enabled} onValue={(enabled) => set({ enabled })} />
          <CheckField label={t("console-inbox-bot")} help={t("console-inbox-bot-help")} checked={form.bot} onValue={(bot) => set({ bot })} />
          {form.kind === "widget" ? <Looks form={form} set={set} submission={submission} /> : null}
        </>
      )}
      extra={(item) => item.snippet ? <div class="field"><span class="label">{t("console-inbox-snippet")}</span><Copy text={item.snippet} label={t("console-inbox-snippet")} /><p class="field-help">{t("console-inbox-snippet-help")}</p></div> : null} />
  );
}
