/** Inboxes: where customers write to us; each shows what to copy, and what reaches somewhere is tried before it is saved. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { BotMode, Inbox } from "../../wire.ts";
import { hasText, t } from "../data/i18n.ts";
import { inboxes, nameOf, queues } from "../data/resource.ts";
import { may } from "../data/session.ts";
import { Chip } from "../ui/basic.tsx";
import { CheckField, SelectField, TextField, type Submission } from "../ui/form.tsx";
import { Icon, type IconName } from "../ui/icons.tsx";
import { Check, probe, works } from "./check.tsx";
import { Collection } from "./collection.tsx";
import { Copy } from "./copy.tsx";
import { MAIL_FIELDS, MailboxFields } from "./email/fields.tsx";
import { BotProfileFields } from "./bot-profile.tsx";
import { begin, body, configOf, isLive, reaches, usualWork, type InboxForm } from "./inbox-form.ts";
import { LIVE_FIELDS, LiveFields } from "./live/fields.tsx";
import { TELEGRAM_FIELDS, TelegramFields } from "./telegram/fields.tsx";

const KINDS: { kind: string; icon: IconName }[] = [{ kind: "widget", icon: "chat" }, { kind: "chat", icon: "phone" }, { kind: "telegram", icon: "send" }, { kind: "email", icon: "mail" }];
const MODES: BotMode[] = ["off", "suggest", "answer"];

function iconOf(kind: string): IconName {
  return KINDS.find((each) => each.kind === kind)?.icon ?? "chat";
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
      <span class="thing-chips"><Chip icon={iconOf(item.kind)}>{hasText(kind) ? t(kind) : item.kind}</Chip>{item.bot === "off" ? null : <Chip tone="bot" icon="bot">{t(`console-inbox-bot-${item.bot}-short`)}</Chip>}{item.enabled ? null : <Chip tone="warn">{t("console-inbox-off")}</Chip>}</span>
      <span class="thing-more">→ {nameOf(queues, item.queue)}</span>
    </>
  );
}

interface FieldsProps { form: InboxForm; set: (change: Partial<InboxForm>) => void; submission: Submission; item: Inbox | null }

/** What every inbox has. */
function Common({ form, set, submission }: FieldsProps): JSX.Element {
  return (
    <>
      <div class="fields">
        <TextField label={t("console-name-thing")} name="name" value={form.name} onValue={(name) => set({ name })} submission={submission} required autofocus />
        <SelectField label={t("console-inbox-queue")} name="queue" value={form.queue} onValue={(queue) => set({ queue })} submission={submission} options={queues.items.value.map((each) => ({ value: each.id, text: each.name }))} />
        <SelectField label={t("console-inbox-bot")} name="bot" value={form.bot} onValue={(bot) => set({ bot: bot as BotMode })} submission={submission} help={t(`console-inbox-bot-${form.bot}-help`)} options={MODES.map((value) => ({ value, text: t(`console-inbox-bot-${value}`) }))} />
      </div>
      {form.bot === "off" ? null : <BotProfileFields profile={form.profile} onProfile={(profile) => set({ profile })} submission={submission} />}
      <div class="fields">
        <TextField label={t("console-inbox-weight")} name="weight" type="number" min={1} value={form.weight} onValue={(value) => set({ weight: Number(value) })} submission={submission} help={t("console-inbox-weight-help")} />
        <CheckField label={t("console-inbox-interruptible")} checked={form.interruptible} onValue={(interruptible) => set({ interruptible })} help={t("console-inbox-interruptible-help")} />
      </div>
      <CheckField label={t("console-inbox-enabled")} checked={form.enabled} onValue={(enabled) => set({ enabled })} />
    </>
  );
}

function Fields(props: FieldsProps): JSX.Element {
  const { form, set, submission, item } = props;
  const inbox = item?.id ?? null;
  return (
    <>
      {item ? null : <Kinds kind={form.kind} onKind={(kind) => set({ kind, steps: null, ...usualWork(kind) })} />}
      <Common {...props} />
      {isLive(form.kind) ? <LiveFields kind={form.kind} form={form.live} set={(change) => set({ live: { ...form.live, ...change } })} submission={submission} inbox={inbox} /> : null}
      {form.kind === "telegram" ? <TelegramFields form={form.telegram} set={(change) => set({ telegram: { ...form.telegram, ...change }, steps: null })} submission={submission} inbox={inbox} /> : null}
      {form.kind === "email" ? <MailboxFields form={form.mail} set={(change) => set({ mail: { ...form.mail, ...change }, steps: null })} submission={submission} fresh={!item} /> : null}
      {reaches(form.kind) ? <Check ask={() => ({ kind: form.kind, config: configOf(form), inbox })} steps={form.steps} onSteps={(steps) => set({ steps })} submission={submission} /> : null}
    </>
  );
}

function ToCopy({ item }: { item: Inbox }): JSX.Element | null {
  if (!item.snippet) return null;
  const page = item.kind === "chat";
  const label = t(page ? "console-inbox-page" : "console-inbox-snippet");
  return (
    <div class="field"><span class="label">{label}</span><Copy text={item.snippet} label={label} />
      <p class="field-help">{t(page ? "console-inbox-page-help" : "console-inbox-snippet-help", { id: item.id })}{page ? <> <a href={item.snippet} target="_blank" rel="noopener">{t("console-inbox-page-open")}</a></> : null}</p></div>
  );
}

export function InboxesPage(): JSX.Element {
  useEffect(() => void queues.load(), []);
  return (
    <Collection noun="inbox" icon="chat" resource={inboxes} mayChange={may("administer")} mayRemove={false} wide nameOf={(item) => item.name}
      fieldNames={["name", "queue", "enabled", "bot", "weight", "interruptible", "profile.persona", "profile.caution", "profile.engine", "profile.languages", ...LIVE_FIELDS, ...TELEGRAM_FIELDS, ...MAIL_FIELDS]}
      begin={(item) => begin(item, queues.items.value[0]?.id ?? "")} body={body} row={(item) => <Row item={item} />}
      verify={async (form, set, item) => {
        if (!reaches(form.kind) || !form.enabled) return true;
        const steps = await probe({ kind: form.kind, config: configOf(form), inbox: item?.id ?? null });
        set({ steps });
        return works(steps);
      }}
      fields={(form, set, submission, item) => <Fields form={form} set={set} submission={submission} item={item} />}
      extra={(item) => <ToCopy item={item} />} />
  );
}
