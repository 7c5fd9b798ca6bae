/** Where the visitor writes: text, files by picker, paste or drop, and what is wrong said beside it. */
import { Component, createRef } from "preact";
import type { JSX, TargetedClipboardEvent, TargetedEvent, TargetedKeyboardEvent } from "preact";
import { ready } from "../model/attachments";
import { Icon } from "./icons";
import type { Scene } from "./scene";

const bytes = (text: string): number => new TextEncoder().encode(text).length;

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
    attachments?.add(input.files ?? []);
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
    attachments?.add(files);
  };
  return (
    <div class="line">
      <input class="hidden" type="file" multiple tabIndex={-1} aria-hidden="true" onChange={pick} />
      <button
        type="button"
        class="icon"
        aria-label={say("attach")}
        title={say("attach")}
        disabled={!attachments || client.session === null}
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
        <Icon name="send" />
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
      client.say(text.trim(), attachments?.take());
      this.form.current?.querySelector("textarea")?.focus();
    };
    const submit = (event: Event): void => {
      event.preventDefault();
      send();
    };
    return (
      <form class="composer" ref={this.form} onSubmit={submit}>
        {scene.state.more?.drafts(scene)}
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
