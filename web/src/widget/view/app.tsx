/** The widget as a whole: a button with a badge, or the panel in its place. */
import { Component, createRef } from "preact";
import type { JSX } from "preact";
import type { Attachments } from "../attachments";
import type { Client } from "../client";
import type { Config } from "../model/config";
import type { Store } from "../state";
import { Icon } from "./icons";
import { Panel } from "./panel";
import type { Scene } from "./scene";
import { sayIn } from "./texts";

export type Props = { config: Config; store: Store; client: Client; attachments: Attachments };

class Launcher extends Component<{ scene: Scene }> {
  private readonly button = createRef<HTMLButtonElement>();

  /** Focus goes back to where the panel was opened from. */
  override componentDidMount(): void {
    if (this.props.scene.state.wasOpen) this.button.current?.focus();
  }

  override render({ scene }: { scene: Scene }): JSX.Element {
    const { unread } = scene.state;
    return (
      <button
        ref={this.button}
        type="button"
        class="launcher"
        aria-label={opening(scene)}
        aria-haspopup="dialog"
        onClick={() => scene.client.open()}
      >
        <Icon name="chat" solid />
        {unread > 0 && <span class="badge">{unread > 9 ? "9+" : unread}</span>}
      </button>
    );
  }
}

function opening({ say, state }: Scene): string {
  return state.unread ? say("open-unread", { count: state.unread }) : say("open");
}

export function App({ config, store, client, attachments }: Props): JSX.Element {
  const { state } = store;
  const scene: Scene = {
    server: config.server,
    language: state.language,
    locale: navigator.languages.find((tag) => tag.startsWith(state.language)) ?? state.language,
    say: sayIn(state.language),
    state,
    client,
    attachments,
    press: (message, option, label) => client.say(label, [], { message, option }),
  };
  const side = config.position ?? (state.inbox?.brand.position === "left" ? "left" : "right");
  return (
    <div class={`root ${side}`} data-theme={config.theme} lang={state.language}>
      {state.open ? <Panel scene={scene} /> : <Launcher scene={scene} />}
      <div class="hidden" role="status">
        {!state.open && state.unread > 0 ? opening(scene) : ""}
      </div>
    </div>
  );
}
