/** The widget as a whole: a button with a badge, or the panel in its place. */
import { Component, createRef } from "preact";
import type { JSX } from "preact";
import type { Client } from "../client";
import type { Config } from "../model/config";
import type { Store } from "../state";
import { Icon } from "./icons";
import { Panel } from "./panel";
import type { Scene } from "./scene";
import { sayIn } from "./texts";

export type Props = { config: Config; store: Store; client: Client };

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

export function App({ config, store, client }: Props): JSX.Element {
  const { state } = store;
  const { language, direction } = state.texts;
  const page = config.mode === "page";
  const scene: Scene = {
    server: config.server,
    page,
    locale: navigator.languages.find((tag) => tag.startsWith(language)) ?? language,
    say: sayIn(state.texts),
    state,
    client,
    attachments: state.more?.attachments ?? null,
    press: (message, option, label) => client.say(label, [], { message, option }),
  };
  const side = config.position ?? (state.inbox?.brand.position === "left" ? "left" : "right");
  return (
    <div class={`root ${page ? "page" : side}`} data-theme={config.theme} lang={language} dir={direction}>
      {state.open ? <Panel scene={scene} /> : <Launcher scene={scene} />}
      <div class="hidden" role="status">
        {!state.open && state.unread > 0 ? opening(scene) : ""}
      </div>
    </div>
  );
}
