/** Inboxes: where customers write to us; a widget shows the line to put on a site, a mailbox is tried before it is saved. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { BotMode, Inbox } from "../../wire.ts";
import { LANGUAGES, hasText, t } from "../data/i18n.ts";
import { inboxes, nameOf, queues } from "../data/resource.ts";
import { may } from "../data/session.ts";
import { Button, Chip } from "../ui/basic.tsx";
import { CheckField, Field, SelectField, TextField, type Submission } from "../ui/form.tsx";
import { Icon, type IconName } from "../ui/icons.tsx";
import { attempt } from "../ui/toast.tsx";
import { Collection } from "./collection.tsx";
import { Check, probe, works } from "./email/check.tsx";
import { MAIL_FIELDS, MailboxFields } from "./email/fields.tsx";
import { COLOR, begin, body, type InboxForm } from "./inbox-form.ts";

export function Copy({ text, label }: { text: string; label: string }): JSX.Element {
  return (
    <div class="copy">
      <code tabIndex={0} aria-label={label}>{text}</code>
      <Button size="small" icon="copy" onClick={() => void attempt(() => navigator.clipboard.writeText(text), t("console-copied"))}>{t("console-copy")}</Button>
    </div>
  );
}

const KINDS: { kind: string; icon: IconName }[] = [{ kind: "widget", icon: "chat" }, { kind: "email", icon: "mail" }];
const MODES: BotMode[] = ["off", "suggest", "answer"];

interface LooksProps { form: InboxForm; set: (change: Partial<InboxForm>) => void; submission: Submission }

function Looks({ form, set, submission }: LooksProps): JSX.Element {
  const mailboxes = inboxes.items.value.filter((each) => each.kind === "email" && each.enabled);
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
      {mailboxes.length || form.goOn ? (
        <SelectField label={t("console-inbox-go-on")} name="mail" value={form.goOn} onValue={(goOn) => set({ goOn })} submission={submission} help={t("console-inbox-go-on-help")}
          options={[{ value: "", text: t("console-inbox-go-on-none") }, ...mailboxes.map((each) => ({ value: each.id, text: each.name }))]} />
      ) : null}
    </fieldset>
  );
}

function Kinds({ kind, onKind }: { kind: string; onKind: (kind: string) => void }): JSX.Element {
  return (
    <div class="kinds" role="radiogroup" aria-label={t("console-inbox-kind")}>
      {KINDS.map((each) => (
        <label key={each.kind} class="kind"><input type="radio" name="kind" checked={kind === each.kind} onChange={() => onKind(each.kind)} /><Icon name={each.icon} size={20} />
          <span><strong>{t(`console-inbox-kind-${each.kind}`)}</strong><small>{t(`console-inbox-kind-${each.kind}-help`)}</small></span></label>
      ))}
    </div>
  );
}

function Row({ item }: { item: Inbox }): JSX.Element {
  const kind = `console-inbox-kind-${item.kind}`;
  const address = item.kind === "email" ? item.config["address"] : null;
  return (
    <>
      <strong class="thing-name">{item.name}</strong>{typeof address === "string" ? <span class="thing-address">{address}</span> : null}
      <span class="thing-chips"><Chip icon={item.kind === "email" ? "mail" : "chat"}>{hasText(kind) ? t(kind) : item.kind}</Chip>{item.bot === "off" ? null : <Chip tone="bot" icon="bot">{t(`console-inbox-bot-${item.bot}-short`)}</Chip>}{item.enabled ? null : <Chip tone="warn">{t("console-inbox-off")}</Chip>}</span>
      <span class="thing-more">→ {nameOf(queues, item.queue)}</span>
    </>
  );
}

export function InboxesPage(): JSX.Element {
  useEffect(() => void queues.load(), []);
  return (
    <Collection noun="inbox" icon="chat" resource={inboxes} mayChange={may("administer")} mayRemove={false} wide nameOf={(item) => item.name}
      fieldNames={["name", "queue", "enabled", "bot", "origins", "color", "position", "greeting", "mail", ...MAIL_FIELDS]}
      begin={(item) => begin(item, queues.items.value[0]?.id ?? "")} body={body} row={(item) => <Row item={item} />}
      verify={async (form, set, item) => {
        if (form.kind !== "email" || !form.enabled) return true;
        const steps = await probe(form.mail, item?.id ?? null);
        set({ steps });
        return works(steps);
      }}
      fields={(form, set, submission, item) => (
        <>
          {item ? null : <Kinds kind={form.kind} onKind={(kind) => set({ kind })} />}
          <div class="fields">
            <TextField label={t("console-name-thing")} name="name" value={form.name} onValue={(name) => set({ name })} submission={submission} required autofocus />
            <SelectField label={t("console-inbox-queue")} name="queue" value={form.queue} onValue={(queue) => set({ queue })} submission={submission} options={queues.items.value.map((each) => ({ value: each.id, text: each.name }))} />
            <SelectField label={t("console-inbox-bot")} name="bot" value={form.bot} onValue={(bot) => set({ bot: bot as BotMode })} submission={submission} help={t(`console-inbox-bot-${form.bot}-help`)} options={MODES.map((value) => ({ value, text: t(`console-inbox-bot-${value}`) }))} />
          </div>
          <CheckField label={t("console-inbox-enabled")} checked={form.enabled} onValue={(enabled) => set({ enabled })} />
          {form.kind === "widget" ? <Looks form={form} set={set} submission={submission} /> : null}
          {form.kind === "email" ? (
            <>
              <MailboxFields form={form.mail} set={(change) => set({ mail: { ...form.mail, ...change }, steps: null })} submission={submission} fresh={!item} />
              <Check form={form.mail} inbox={item?.id ?? null} steps={form.steps} onSteps={(steps) => set({ steps })} submission={submission} />
            </>
          ) : null}
        </>
      )}
      extra={(item) => item.snippet ? <div class="field"><span class="label">{t("console-inbox-snippet")}</span><Copy text={item.snippet} label={t("console-inbox-snippet")} /><p class="field-help">{t("console-inbox-snippet-help")}</p></div> : null} />
  );
}
