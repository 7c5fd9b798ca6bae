/** Where the visitor writes: text, files by picker, paste or drop, and what is wrong said beside it. */
import { Component, createRef } from "preact";
import type { JSX, TargetedClipboardEvent, TargetedEvent, TargetedKeyboardEvent } from "preact";
import { humanSize, ready } from "../model/attachments";
import type { Draft } from "../model/attachments";
import { Icon } from "./icons";
import type { Scene } from "./scene";
import { reason } from "./texts";

const bytes = (text: string): number => new TextEncoder().encode(text).length;

function Chip({ draft, scene }: { draft: Draft; scene: Scene }): JSX.Element {
  const { say, attachments, state, locale } = scene;
  const limits = { size: humanSize(state.limits.upload_bytes, locale), count: state.limits.uploads };
  const wrong = draft.error && say(`file-${draft.error.replaceAll("_", "-")}`, limits);
  return (
    <li class={draft.error ? "wrong" : undefined}>
      <span class="grow">
        <b>{draft.name}</b>
        {wrong ? (
          <small role="alert">{wrong.startsWith("file-") ? reason(say, draft.error ?? "") : wrong}</small>
        ) : draft.uploaded ? (
          <small>{humanSize(draft.size, locale)}</small>
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

function Line({
  scene,
  long,
  able,
  send,
}: {
  scene: Scene;
  long: boolean;
  able: boolean;
  send: () => void;
}): JSX.Element {
  const { say, client, attachments, state } = scene;
  const pick = ({ currentTarget: input }: TargetedEvent<HTMLInputElement>): void => {
    attachments.add(input.files ?? []);
    input.value = "";
  };
  const browse = ({ currentTarget: button }: TargetedEvent<HTMLButtonElement>): void => {
    (button.previousElementSibling as HTMLInputElement).click();
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
  return (
    <div class="line">
      <input class="hidden" type="file" multiple tabIndex={-1} aria-hidden="true" onChange={pick} />
      <button
        type="button"
        class="icon"
        aria-label={say("attach")}
        title={say("attach")}
        disabled={client.session === null}
        onClick={browse}
      >
        <Icon name="clip" />
      </button>
      <textarea
        rows={1}
        dir="auto"
        value={state.text}
        placeholder={say("write")}
        aria-label={say("write")}
        aria-invalid={long}
        aria-describedby={long ? "problem" : undefined}
        onInput={(event) => client.write(event.currentTarget.value)}
        onKeyDown={key}
        onPaste={paste}
      />
      <button type="submit" class="icon send" aria-label={say("send")} title={say("send")} aria-disabled={!able}>
        <Icon name="send" solid />
      </button>
    </div>
  );
}

export class Composer extends Component<{ scene: Scene }> {
  private readonly form = createRef<HTMLFormElement>();

  override componentDidMount(): void {
    this.componentDidUpdate();
  }

  /** The field grows with what stands in it. */
  override componentDidUpdate(): void {
    const area = this.form.current?.querySelector("textarea");
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  }

  override render({ scene }: { scene: Scene }): JSX.Element {
    const { say, client, attachments } = scene;
    const { text, drafts, limits } = scene.state;
    const long = bytes(text) > limits.text_bytes;
    const something = text.trim() !== "" || drafts.some((draft) => draft.uploaded);
    const able = something && !long && ready(drafts);
    const send = (): void => {
      if (!able) return;
      client.write("");
      client.say(text.trim(), attachments.take());
      this.form.current?.querySelector("textarea")?.focus();
    };
    const submit = (event: Event): void => {
      event.preventDefault();
      send();
    };
    return (
      <form class="composer" ref={this.form} onSubmit={submit}>
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
        <Line scene={scene} long={long} able={able} send={send} />
      </form>
    );
  }
}
