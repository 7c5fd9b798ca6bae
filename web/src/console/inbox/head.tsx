/** The head of a conversation: with whom, its state, and everything that can be done to it. */
import type { JSX } from "preact";
import type { ConversationDetail, ConversationSummary } from "../../wire.ts";
import { useActions, type Action } from "../data/actions.ts";
import { reopen, resolve, take, wait } from "../data/commands.ts";
import { viewers } from "../data/conversation.ts";
import { contactName } from "../data/contact.ts";
import { t } from "../data/i18n.ts";
import { may, me } from "../data/session.ts";
import { Avatar, Button, Chip, IconButton } from "../ui/basic.tsx";
import { Icon, type IconName } from "../ui/icons.tsx";
import { Menu } from "../ui/menu.tsx";
import { Deadline } from "../ui/time.tsx";
import { attempt } from "../ui/toast.tsx";
import { joining } from "./contact/joining.ts";
import { dialog } from "./dialogs.tsx";
import { rearranging } from "./mail/rearranging.ts";
import { renaming } from "./mail/renaming.ts";
import { Subject } from "./mail/subject.tsx";
import { HandlerChip, StatusChip } from "./row.tsx";
import { inboxHref, panelOpen, setPanel, writing } from "./where.ts";

interface Deed extends Action { icon: IconName; done?: string }

function isMine(summary: ConversationSummary): boolean {
  return summary.handler.kind === "agent" && summary.handler.id === me.value?.id;
}

/** Everything that can be done to this conversation, each allowed only in the states where it makes sense. */
function deeds(detail: ConversationDetail): Deed[] {
  const { summary } = detail;
  const { id } = summary;
  const { threads, rearrange } = detail.can;
  const { state } = summary.status;
  const live = state !== "resolved" && state !== "closed";
  const free = summary.handler.kind !== "agent";
  const tell = (work: () => Promise<unknown>, done: string, undo = false) => () =>
    void attempt(work, t(done), undo ? { text: t("console-undo"), run: () => void attempt(() => reopen(id)) } : undefined);
  const group = "conversation" as const;
  return [
    { id: "take", text: "console-take", group, keys: "t", icon: "hand", enabled: () => free && live, run: tell(() => take(id), "console-taken") },
    { id: "resolve", text: "console-resolve", group, keys: "e", icon: "check", enabled: () => live && !free, run: tell(() => resolve(id), "console-resolved", true) },
    { id: "reopen", text: "console-reopen", group, keys: "o", icon: "refresh", enabled: () => state !== "open" && state !== "closed", run: tell(() => reopen(id), "console-reopened") },
    { id: "wait", text: "console-wait", group, keys: "w", icon: "pause", enabled: () => state === "open" && !free, run: tell(() => wait(id), "console-waited", true) },
    { id: "snooze", text: "console-snooze", group, keys: "z", icon: "moon", enabled: () => live && !free, run: () => (dialog.value = "snooze") },
    { id: "transfer", text: "console-transfer", group, keys: "x", icon: "swap", enabled: () => live, run: () => (dialog.value = "transfer") },
    { id: "bot", text: "console-bot-send", group, keys: "b", icon: "bot", enabled: () => live && summary.handler.kind === "agent" && (isMine(summary) || may("supervise")), run: () => (dialog.value = "bot") },
    { id: "assign", text: "console-assign", group, icon: "people", enabled: () => live && may("supervise"), run: () => (dialog.value = "assign") },
    { id: "rename", text: "console-subject-change", group, icon: "pen", enabled: () => threads, run: () => (renaming.value = id) },
    { id: "merge", text: "console-merge-into", group, icon: "merge", enabled: () => rearrange && state !== "closed", run: () => (rearranging.value = { what: "merge", into: null }) },
    { id: "join", text: "console-join", group, icon: "people", run: () => (joining.value = { other: null }) },
    { id: "panel", text: "console-panel", group, keys: "i", icon: "panel", run: () => setPanel(!panelOpen.value) },
    { id: "write-again", text: "console-write-contact", group, keys: "Shift+c", icon: "pen", run: () => (writing.value = { contact: summary.contact }) },
  ];
}

function Viewers(): JSX.Element | null {
  const others = viewers.value.filter((each) => each.id !== me.value?.id);
  if (others.length === 0) return null;
  const names = others.map((each) => each.name).join(", ");
  return <span class="viewers" title={t("console-viewing", { names })}>{others.slice(0, 3).map((each) => <Avatar key={each.id} id={each.id} name={each.name} size={24} />)}<span class="unseen">{t("console-viewing", { names })}</span></span>;
}

export function Head({ detail }: { detail: ConversationDetail }): JSX.Element {
  const { summary } = detail;
  const { threads } = detail.can;
  const all = deeds(detail);
  useActions(all);
  const usable = all.filter((deed) => deed.enabled?.() ?? true);
  const main = usable.find((deed) => deed.id === (isMine(summary) ? "resolve" : "take")) ?? usable.find((deed) => deed.id === "reopen");
  const shown = usable.filter((deed) => deed !== main && ["transfer", "snooze", "wait", "resolve"].includes(deed.id));
  const name = contactName(summary.contact);
  return (
    <header class="head">
      <a class="head-back button button-quiet button-bare" href={inboxHref({ id: null })} aria-label={t("console-back")}><Icon name="back" /></a>
      <Avatar id={summary.contact.id} name={name} size={36} />
      <div class="head-who">
        <h2>{threads ? <Subject summary={summary} /> : name}</h2>
        <p class="head-about">
          <span class="head-subject">{threads ? name : summary.subject || summary.inbox.name}</span>
          {summary.due_at && summary.status.state === "open" ? <Deadline due={summary.due_at} kind={summary.due_kind} near={summary.due_near} /> : null}
          <HandlerChip item={summary} /><StatusChip item={summary} />
          {isMine(summary) ? <Chip tone="accent">{t("console-yours")}</Chip> : null}
        </p>
      </div>
      <Viewers />
      <div class="head-deeds">
        {shown.map((deed) => <span key={deed.id} class="head-deed"><IconButton icon={deed.icon} label={t(deed.text)} keys={deed.keys} onClick={deed.run} /></span>)}
        {main ? <Button class="head-main" look={main.id === "reopen" ? "plain" : "primary"} icon={main.icon} keys={main.keys} onClick={main.run}>{t(main.text)}</Button> : null}
        <span class="head-deed"><IconButton icon="panel" label={t("console-panel")} keys="i" pressed={panelOpen.value} onClick={() => setPanel(!panelOpen.value)} /></span>
        <Menu class={`head-more ${detail.can.rearrange || threads || may("supervise") ? "head-more-shown" : ""}`} label={t("console-more")} items={usable.filter((deed) => deed !== main).map((deed) => ({ text: t(deed.text), icon: deed.icon, keys: deed.keys, run: deed.run }))}>
          <Icon name="more" />
        </Menu>
      </div>
    </header>
  );
}
