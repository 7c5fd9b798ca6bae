/** The open panel: a dialog that keeps the Tab key inside, closes on Escape, and takes files dropped on it. */
import { Component, createRef } from "preact";
import type { JSX, TargetedDragEvent, TargetedKeyboardEvent } from "preact";
import { LANGUAGES } from "../model/config";
import { Composer } from "./composer";
import { Icon } from "./icons";
import { Log } from "./log";
import type { Scene } from "./scene";

const FOCUSABLE = "button:not(:disabled), textarea, a[href], [tabindex='0']";

/** The element that Tab would leave the panel from comes round to the other end. */
function keepInside(panel: HTMLElement, event: KeyboardEvent): void {
  const stops = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const [first, last] = [stops[0], stops.at(-1)];
  const root = panel.getRootNode() as ShadowRoot;
  const [from, to] = event.shiftKey ? [first, last] : [last, first];
  if (root.activeElement !== from && root.activeElement !== panel) return;
  event.preventDefault();
  to?.focus();
}

function subtitle({ say, state }: Scene): string {
  const { handler, agent, conversation } = state.timeline;
  if (!conversation) return say("ask");
  if (handler === "agent") return agent ? say("with-agent", { name: agent }) : say("with-team");
  return say(handler === "queue" ? "in-queue" : handler === "bot" ? "with-bot" : "ask");
}

function Link({ scene }: { scene: Scene }): JSX.Element {
  const { link, inbox } = scene.state;
  const key = link === "offline" ? "offline" : link === "connecting" ? (inbox ? "reconnecting" : "connecting") : null;
  return (
    <div class="link" role="status">
      {key && <p class={link}>{scene.say(key)}</p>}
    </div>
  );
}

function Head({ scene }: { scene: Scene }): JSX.Element {
  const { say, state, client, language } = scene;
  const other = LANGUAGES.find((each) => each !== language) ?? language;
  const offered = state.inbox?.languages ?? [];
  return (
    <header>
      <div class="grow">
        <h2>{state.inbox?.name ?? say("title")}</h2>
        <p>{subtitle(scene)}</p>
      </div>
      {offered.includes(other) && (
        <button type="button" class="language" lang={other} onClick={() => client.speak(other)}>
          {say("other-language")}
        </button>
      )}
      <button type="button" class="icon" aria-label={say("close")} title={say("close")} onClick={() => client.close()}>
        <Icon name="close" />
      </button>
    </header>
  );
}

export class Panel extends Component<{ scene: Scene }, { over?: boolean }> {
  private readonly panel = createRef<HTMLElement>();

  override componentDidMount(): void {
    // On a phone the keyboard would cover what is there to read.
    const panel = this.panel.current;
    (matchMedia("(pointer: coarse)").matches ? panel : panel?.querySelector("textarea"))?.focus();
  }

  private readonly key = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    // The page's own shortcuts are not meant while somebody writes to us.
    event.stopPropagation();
    if (event.key === "Escape" && !event.isComposing) this.props.scene.client.close();
    if (event.key === "Tab") keepInside(event.currentTarget, event);
  };

  private readonly hover = (event: TargetedDragEvent<HTMLElement>): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.setState({ over: event.type !== "dragleave" });
  };

  private readonly drop = (event: TargetedDragEvent<HTMLElement>): void => {
    event.preventDefault();
    this.setState({ over: false });
    this.props.scene.attachments.add(event.dataTransfer?.files ?? []);
  };

  override render({ scene }: { scene: Scene }): JSX.Element {
    const { over } = this.state;
    return (
      <section
        ref={this.panel}
        class="panel"
        role="dialog"
        aria-modal="true"
        aria-label={scene.state.inbox?.name ?? scene.say("title")}
        tabIndex={-1}
        onKeyDown={this.key}
        onDragOver={this.hover}
        onDragLeave={this.hover}
        onDrop={this.drop}
      >
        <Head scene={scene} />
        <Link scene={scene} />
        <Log scene={scene} />
        <Composer scene={scene} />
        {over && <div class="drop">{scene.say("drop-here")}</div>}
      </section>
    );
  }
}
