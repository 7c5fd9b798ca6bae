/** The open panel: a dialog that keeps the Tab key inside, closes on Escape, and takes files dropped on it. */
import { Component, createRef } from "preact";
import type { JSX, TargetedDragEvent, TargetedKeyboardEvent } from "preact";
import { over } from "../model/timeline";
import type { View } from "../state";
import { Composer } from "./composer";
import { Head, begun } from "./head";
import { Log } from "./log";
import type { Scene } from "./scene";

const FOCUSABLE = "button:not(:disabled), textarea, input:not([tabindex='-1']), a[href], [tabindex='0']";

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

/** What is asked before a chat comes before it, once for each. */
export function asks({ inbox, timeline, outbox, details }: Scene["state"]): boolean {
  const written = outbox.some((pending) => pending.error !== "details");
  const talking = timeline.conversation !== null && !over(timeline);
  return Boolean(inbox?.questions?.length) && !details && !written && !talking;
}

function Body({ scene }: { scene: Scene }): JSX.Element {
  const { state, say } = scene;
  const { more } = state;
  if (state.denied) return <p class="view quiet">{say("sign-in")}</p>;
  if (state.view !== "chat" && more) return <div class="view">{more.view(scene)}</div>;
  return (
    <>
      <Log scene={scene} />
      {more !== null && asks(state) ? (
        more?.questions(scene)
      ) : (
        <>
          {more?.suggestions(scene)}
          <Composer scene={scene} />
        </>
      )}
    </>
  );
}

export class Panel extends Component<{ scene: Scene }, { over?: boolean }> {
  private readonly panel = createRef<HTMLElement>();
  private view: View = "chat";
  private focused: HTMLElement | null = null;

  override componentDidMount(): void {
    this.focus();
  }

  /** What is shown instead begins at its top; and whoever stood on what is gone is not left outside. */
  override componentDidUpdate(): void {
    const { view } = this.props.scene.state;
    if (view === this.view && this.focused?.isConnected !== false) return;
    this.view = view;
    this.focused = null;
    if (view === "chat") this.focus();
    else this.panel.current?.querySelector<HTMLElement>(".back")?.focus();
  }

  private readonly focusing = ({ target }: FocusEvent): void => {
    this.focused = target as HTMLElement;
  };

  private focus(): void {
    // On a phone the keyboard would cover what is there to read.
    const panel = this.panel.current;
    const field = matchMedia("(pointer: coarse)").matches ? null : panel?.querySelector("textarea");
    (field ?? panel)?.focus();
  }

  private readonly key = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    const { client, page, state } = this.props.scene;
    // The page's own shortcuts are not meant while somebody writes to us.
    event.stopPropagation();
    if (event.key === "Escape" && !event.isComposing) {
      if (state.view === "chat") client.close();
      else client.show("chat");
    }
    if (event.key === "Tab" && !page) keepInside(event.currentTarget, event);
  };

  private readonly hover = (event: TargetedDragEvent<HTMLElement>): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.setState({ over: event.type !== "dragleave" });
  };

  private readonly drop = (event: TargetedDragEvent<HTMLElement>): void => {
    event.preventDefault();
    this.setState({ over: false });
    this.props.scene.attachments?.add(event.dataTransfer?.files ?? []);
  };

  override render({ scene }: { scene: Scene }): JSX.Element {
    const { page, say, state } = scene;
    return (
      <section
        ref={this.panel}
        class={`panel${begun(state) || state.view !== "chat" || state.denied ? "" : " hero"}`}
        role={page ? "main" : "dialog"}
        aria-modal={page ? undefined : "true"}
        aria-label={state.inbox?.name ?? say("title")}
        tabIndex={-1}
        onFocusCapture={this.focusing}
        onKeyDown={this.key}
        onDragOver={this.hover}
        onDragLeave={this.hover}
        onDrop={this.drop}
      >
        <Head scene={scene} />
        <Body scene={scene} />
        {this.state.over && <div class="drop">{say("drop-here")}</div>}
      </section>
    );
  }
}
