/** Where an agent answers: reply or note, canned replies, articles, attachments, a draft that is kept. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ConversationDetail, Upload } from "../../wire.ts";
import { useActions } from "../data/actions.ts";
import { api } from "../data/api.ts";
import { trigger } from "../data/canned.ts";
import { send } from "../data/conversation.ts";
import type { DraftKind } from "../data/drafts.ts";
import { t } from "../data/i18n.ts";
import { live } from "../data/live.ts";
import { Button, IconButton, Keys } from "../ui/basic.tsx";
import { Icon } from "../ui/icons.tsx";
import { errorText } from "../ui/form.tsx";
import { say } from "../ui/toast.tsx";
import { Attachments, type Attachment } from "./attachments.tsx";
import { draftOf, keepDraft } from "./drafts.ts";
import { insertion } from "./insertion.ts";
import { Unready, whyNot } from "./ready.tsx";
import { Suggest, type Asked } from "./suggest.tsx";

const TYPING_EVERY = 2500;

function useTyping(conversation: string): (on: boolean) => void {
  const last = useRef(0);
  return (on) => {
    const now = Date.now();
    if (on && now - last.current < TYPING_EVERY) return;
    last.current = on ? now : 0;
    live.send({ type: "typing", conversation, on });
  };
}

function useAttachments(): { list: Attachment[]; add: (files: Iterable<File>) => void; remove: (id: number) => void; clear: () => void } {
  const [list, setList] = useState<Attachment[]>([]);
  const next = useRef(0);
  const change = (id: number, part: Partial<Attachment>): void => setList((all) => all.map((each) => (each.id === id ? { ...each, ...part } : each)));
  const add = (files: Iterable<File>): void => {
    for (const file of files) {
      next.current += 1;
      const id = next.current;
      setList((all) => [...all, { id, name: file.name, size: file.size, upload: null, error: null }]);
      api.upload<Upload>(file).then((upload) => change(id, { upload }), (error: unknown) => change(id, { error: errorText(error) }));
    }
  };
  return { list, add, remove: (id) => setList((all) => all.filter((each) => each.id !== id)), clear: () => setList([]) };
}

function grow(area: HTMLTextAreaElement): void {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}

export function Composer({ detail }: { detail: ConversationDetail }): JSX.Element {
  const { id, status } = detail.summary;
  const [kind, setKind] = useState<DraftKind>("reply");
  const [text, setText] = useState(() => draftOf(id, "reply"));
  const [asked, setAsked] = useState<Asked | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const suggest = useRef<((event: KeyboardEvent) => boolean) | null>(null);
  const attachments = useAttachments();
  const tell = useTyping(id);
  const closed = status.state === "closed";
  const shut = kind === "reply" && whyNot(detail.summary) !== null;

  const put = (next: string, caret?: number): void => {
    setText(next);
    keepDraft(id, kind, next);
    if (kind === "reply") tell(next !== "");
    requestAnimationFrame(() => {
      if (!area.current) return;
      grow(area.current);
      if (caret !== undefined) {
        area.current.focus();
        area.current.setSelectionRange(caret, caret);
      }
    });
  };
  const look = (): void => setAsked(area.current ? trigger(area.current.value, area.current.selectionStart) : null);
  const insert = (words: string, from?: number): void => {
    const field = area.current!;
    const start = from ?? field.selectionStart;
    const before = field.value.slice(0, start);
    setAsked(null);
    put(before + words + field.value.slice(field.selectionEnd), start + words.length);
  };
  const choose = (next: DraftKind): void => {
    setKind(next);
    setText(draftOf(id, next));
    if (area.current) area.current.hidden = next === "reply" && whyNot(detail.summary) !== null;
    area.current?.focus();
    requestAnimationFrame(() => { if (area.current) grow(area.current); });
  };
  const uploading = attachments.list.some((each) => !each.upload && !each.error);
  const ready = attachments.list.flatMap((each) => (each.upload ? [each.upload] : []));
  const submit = (): void => {
    if (uploading) return say(t("console-still-uploading"), "plain");
    if (!text.trim() && ready.length === 0) return;
    send(id, kind, text.trim(), ready);
    attachments.clear();
    put("");
    tell(false);
    area.current?.focus();
  };
  useEffect(() => { if (area.current) grow(area.current); }, []);
  useEffect(() => {
    const wish = insertion.value;
    if (!wish || wish.conversation !== id) return;
    insertion.value = null;
    insert((text && !/\s$/u.test(text) ? "\n" : "") + wish.text);
  }, [insertion.value]);
  useActions([
    { id: "reply", text: "console-key-reply", group: "composer", keys: "r", run: () => choose("reply"), enabled: () => !closed },
    { id: "note", text: "console-key-note", group: "composer", keys: "n", run: () => choose("note"), enabled: () => !closed },
    { id: "attach", text: "console-attach", group: "composer", keys: "u", run: () => files.current?.click(), enabled: () => !closed },
  ]);
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (suggest.current?.(event)) return event.preventDefault();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape") {
      event.preventDefault();
      area.current?.blur();
      document.querySelector<HTMLElement>(".thread")?.focus();
    }
  };
  if (closed) return <p class="composer-closed"><Icon name="lock" size={16} />{t("console-closed")}</p>;
  return (
    <div class={`composer composer-${kind}`} onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => { event.preventDefault(); attachments.add(event.dataTransfer?.files ?? []); }}>
      {asked ? <Suggest asked={asked} detail={detail} onPick={(words) => insert(words, asked.start)} onClose={() => setAsked(null)} handle={suggest} /> : null}
      <div class="composer-kinds" role="tablist" aria-label={t("console-composer-kind")}>
        {(["reply", "note"] as const).map((each) => (
          <button key={each} type="button" role="tab" aria-selected={kind === each} class="composer-kind" onClick={() => choose(each)}><Icon name={each === "reply" ? "reply" : "lock"} size={15} />{t(`console-composer-${each}`)}</button>
        ))}
      </div>
      {shut ? <Unready summary={detail.summary} /> : null}
      <textarea ref={area} hidden={shut} class="composer-text" rows={2} dir={text ? "auto" : undefined} value={text} aria-label={t(`console-composer-${kind}`)} placeholder={t(`console-composer-${kind}-hint`)}
        aria-controls={asked ? "suggest" : undefined} aria-expanded={asked !== null}
        onInput={(event) => { put(event.currentTarget.value); look(); }} onClick={look} onKeyDown={onKey}
        onPaste={(event) => { const pasted = event.clipboardData?.files; if (pasted?.length) { event.preventDefault(); attachments.add(pasted); } }} />
      <Attachments list={attachments.list} onRemove={attachments.remove} />
      <footer class="composer-foot" hidden={shut}>
        <input ref={files} type="file" multiple hidden onChange={(event) => { attachments.add(event.currentTarget.files ?? []); event.currentTarget.value = ""; }} />
        <IconButton icon="clip" label={t("console-attach")} keys="u" onClick={() => files.current?.click()} />
        <IconButton icon="spark" label={t("console-key-canned")} keys="/" onClick={() => { insert(text && !/\s$/u.test(text) ? " /" : "/"); requestAnimationFrame(look); }} />
        <IconButton icon="book" label={t("console-key-article")} keys="@" onClick={() => { insert(text && !/\s$/u.test(text) ? " @" : "@"); requestAnimationFrame(look); }} />
        <span class="composer-hint"><Keys keys="Mod+Enter" /></span>
        <Button look={kind === "note" ? "note" : "primary"} icon={kind === "note" ? "note" : "send"} disabled={!text.trim() && ready.length === 0} busy={uploading} onClick={submit}>{t(kind === "note" ? "console-add-note" : "console-send")}</Button>
      </footer>
    </div>
  );
}
