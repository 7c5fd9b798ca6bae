/** Where the visitor writes: text, files by picker, paste or drop, and what is wrong said beside it. */
import type { JSX, TargetedClipboardEvent, TargetedEvent, TargetedInputEvent, TargetedKeyboardEvent } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { humanSize, ready } from "../model/attachments";
import type { Draft } from "../model/attachments";
import { Icon } from "./icons";
import type { Scene } from "./scene";
import { reason } from "./texts";

/** After this long without a key the other side no longer sees "is typing". */
const PAUSE_MS = 4_000;

const bytes = (text: string): number => new TextEncoder().encode(text).length;

function Chip({ draft, scene }: { draft: Draft; scene: Scene }): JSX.Element {
  const { say, attachments, state, language } = scene;
  const limits = { size: humanSize(state.limits.upload_bytes, language), count: state.limits.uploads };
  const wrong = draft.error && say(`file-${draft.error.replaceAll("_", "-")}`, limits);
  return (
    <li class={draft.error ? "wrong" : undefined}>
      <span class="grow">
        <b>{draft.name}</b>
        {wrong ? (
          <small role="alert">{wrong.startsWith("file-") ? reason(say, draft.error ?? "") : wrong}</small>
        ) : draft.uploaded ? (
          <small>{humanSize(draft.size, language)}</small>
        ) : (
          <progress value={draft.progress} max={1} aria-label={say("uploading", { name: draft.name })} />
        )}
      </span>
      {draft.error && !draft.fatal && (
        <button type="button" class="icon" aria-label={say("try-again")} onClick={() => attachments.send(draft.id)}>
          <Icon name="again" />
        </button>
      )}
      <button
        type="button"
        class="icon"
        aria-label={say("remove-file", { name: draft.name })}
        onClick={() => attachments.remove(draft.id)}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

export function Composer({ scene }: { scene: Scene }): JSX.Element {
  const { say, client, attachments, state } = scene;
  const { text, drafts, limits } = state;
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const long = bytes(text) > limits.text_bytes;
  const something = text.trim() !== "" || drafts.some((draft) => draft.uploaded);
  const able = something && !long && ready(drafts);

  useEffect(() => {
    const at = area.current;
    if (!at) return;
    at.style.height = "auto";
    at.style.height = `${Math.min(at.scrollHeight, 132)}px`;
  }, [text]);

  const quiet = (): void => client.typing(false);
  const write = (event: TargetedInputEvent<HTMLTextAreaElement>): void => {
    client.write(event.currentTarget.value);
    client.typing(event.currentTarget.value !== "");
    clearTimeout(pause.current);
    pause.current = setTimeout(quiet, PAUSE_MS);
  };
  const send = (): void => {
    if (!able) return;
    clearTimeout(pause.current);
    client.write("");
    client.say(text.trim(), attachments.take());
    area.current?.focus();
  };
  const key = (event: TargetedKeyboardEvent<HTMLTextAreaElement>): void => {
    // Enter that ends a Chinese input method's word is not the visitor's "send".
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };
  const paste = (event: TargetedClipboardEvent<HTMLTextAreaElement>): void => {
    const files = event.clipboardData?.files;
    if (!files?.length) return;
    event.preventDefault();
    attachments.add(files);
  };
  const pick = (event: TargetedEvent<HTMLInputElement>): void => {
    attachments.add(event.currentTarget.files ?? []);
    event.currentTarget.value = "";
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {drafts.length > 0 && (
        <ul class="drafts" aria-label={say("attachments")}>
          {drafts.map((draft) => (
            <Chip key={draft.id} draft={draft} scene={scene} />
          ))}
        </ul>
      )}
      {long && (
        <p class="problem" role="alert" id="problem">
          {say("text-too-long")}
        </p>
      )}
      <div class="line">
        <input ref={picker} class="hidden" type="file" multiple tabIndex={-1} aria-hidden="true" onChange={pick} />
        <button
          type="button"
          class="icon"
          aria-label={say("attach")}
          title={say("attach")}
          disabled={client.session === null}
          onClick={() => picker.current?.click()}
        >
          <Icon name="clip" />
        </button>
        <textarea
          ref={area}
          rows={1}
          dir="auto"
          value={text}
          placeholder={say("write")}
          aria-label={say("write")}
          aria-invalid={long}
          aria-describedby={long ? "problem" : undefined}
          onInput={write}
          onKeyDown={key}
          onPaste={paste}
        />
        <button type="submit" class="icon send" aria-label={say("send")} title={say("send")} aria-disabled={!able}>
          <Icon name="send" solid />
        </button>
      </div>
    </form>
  );
}
