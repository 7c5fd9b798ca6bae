/** Where an agent answers: reply or note, canned replies, articles, attachments, a draft that is kept. */
import type { JSX, RefObject } from "preact";
import { useRef, useState } from "preact/hooks";
import type { ConversationDetail } from "../../wire.ts";
import { useActions } from "../data/actions.ts";
import { t } from "../data/i18n.ts";
import { copies } from "../data/outside.ts";
import { send } from "../data/sending.ts";
import { Button, IconButton, Keys } from "../ui/basic.tsx";
import { Icon } from "../ui/icons.tsx";
import { say } from "../ui/toast.tsx";
import { Attachments } from "./attachments.tsx";
import { useAttaching, type Attaching } from "./attaching.ts";
import { Recipients } from "./mail/recipients.tsx";
import { Unready, whyNot } from "./ready.tsx";
import { Suggest } from "./suggest.tsx";
import { useWriting, type Writing } from "./writing.ts";

function Kinds({ writing }: { writing: Writing }): JSX.Element {
  return (
    <div class="composer-kinds" role="group" aria-label={t("console-composer-kind")}>
      {(["reply", "note"] as const).map((each) => (
        <button key={each} type="button" aria-pressed={writing.kind === each} class="composer-kind" onClick={() => writing.choose(each)}>
          <Icon name={each === "reply" ? "reply" : "lock"} size={15} />{t(`console-composer-${each}`)}
        </button>
      ))}
    </div>
  );
}

interface FieldProps { writing: Writing; attaching: Attaching; hidden: boolean; onSend: () => void; suggest: RefObject<((event: KeyboardEvent) => boolean) | null> }

function Field({ writing, attaching, hidden, onSend, suggest }: FieldProps): JSX.Element {
  const { area, kind, text, asked, put, look } = writing;
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (suggest.current?.(event)) return event.preventDefault();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
      event.preventDefault();
      onSend();
    } else if (event.key === "Escape") {
      event.preventDefault();
      area.current?.blur();
      document.querySelector<HTMLElement>(".thread")?.focus();
    }
  };
  const onPaste = (event: ClipboardEvent): void => {
    const files = event.clipboardData?.files;
    if (!files?.length) return;
    event.preventDefault();
    attaching.add(files);
  };
  return (
    <textarea ref={area} hidden={hidden} class="composer-text" rows={2} dir={text ? "auto" : undefined} value={text}
      aria-label={t(`console-composer-${kind}`)} placeholder={t(`console-composer-${kind}-hint`)} aria-autocomplete="list" aria-controls={asked ? "suggest" : undefined}
      onInput={(event) => { put(event.currentTarget.value); look(); }} onClick={look} onKeyDown={onKey} onPaste={onPaste} />
  );
}

interface FootProps { writing: Writing; attaching: Attaching; hidden: boolean; onSend: () => void; files: RefObject<HTMLInputElement | null> }

function Foot({ writing, attaching, hidden, onSend, files }: FootProps): JSX.Element {
  const note = writing.kind === "note";
  const nothing = !writing.text.trim() && attaching.ready.length === 0;
  return (
    <footer class="composer-foot" hidden={hidden}>
      <input ref={files} type="file" multiple hidden aria-label={t("console-attach")} onChange={(event) => { attaching.add(event.currentTarget.files ?? []); event.currentTarget.value = ""; }} />
      <IconButton icon="clip" label={t("console-attach")} keys="u" onClick={() => files.current?.click()} />
      <IconButton icon="spark" label={t("console-key-canned")} keys="/" onClick={() => writing.ask("/")} />
      <IconButton icon="book" label={t("console-key-article")} keys="@" onClick={() => writing.ask("@")} />
      <span class="composer-hint"><Keys keys="Mod+Enter" /></span>
      <Button look={note ? "note" : "primary"} icon={note ? "note" : "send"} disabled={nothing} busy={attaching.uploading} onClick={onSend}>{t(note ? "console-add-note" : "console-send")}</Button>
    </footer>
  );
}

export function Composer({ detail }: { detail: ConversationDetail }): JSX.Element {
  const { id, status } = detail.summary;
  const writing = useWriting(detail.summary);
  const attaching = useAttaching();
  const files = useRef<HTMLInputElement>(null);
  const suggest = useRef<((event: KeyboardEvent) => boolean) | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const closed = status.state === "closed";
  const shut = writing.kind === "reply" && whyNot(detail.summary) !== null;
  const submit = (): void => {
    const text = writing.text.trim();
    if (attaching.uploading) return say(t("console-still-uploading"), "plain");
    if (!text && attaching.ready.length === 0) return;
    send(id, writing.kind, text, attaching.ready, writing.kind === "reply" ? copies(detail.participants, left) : null);
    setLeft(new Set());
    attaching.clear();
    writing.sent();
  };
  useActions([
    { id: "reply", text: "console-key-reply", group: "composer", keys: "r", run: () => writing.choose("reply"), enabled: () => !closed },
    { id: "note", text: "console-key-note", group: "composer", keys: "n", run: () => writing.choose("note"), enabled: () => !closed },
    { id: "attach", text: "console-attach", group: "composer", keys: "u", run: () => files.current?.click(), enabled: () => !shut },
  ]);
  if (closed) return <p class="composer-closed"><Icon name="lock" size={16} />{t("console-closed")}</p>;
  return (
    <div class={`composer composer-${writing.kind}`} onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => { event.preventDefault(); attaching.add(event.dataTransfer?.files ?? []); }}>
      {writing.asked ? <Suggest asked={writing.asked} detail={detail} onPick={(words) => writing.insert(words, writing.asked?.start)} onClose={writing.settle} handle={suggest} /> : null}
      <Kinds writing={writing} />
      {shut ? <Unready summary={detail.summary} /> : null}
      {detail.can.copies && writing.kind === "reply" && !shut ? <Recipients detail={detail} left={left} onLeft={setLeft} /> : null}
      <Field writing={writing} attaching={attaching} hidden={shut} onSend={submit} suggest={suggest} />
      <Attachments list={attaching.list} onRemove={attaching.remove} />
      <Foot writing={writing} attaching={attaching} hidden={shut} onSend={submit} files={files} />
    </div>
  );
}
