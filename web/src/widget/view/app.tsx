/** The widget as a whole: a button with a badge, or the panel in its place. */
import type { JSX } from "preact";
import { useEffect, useMemo, useReducer, useRef } from "preact/hooks";
import type { Attachments } from "../attachments";
import type { Client } from "../client";
import type { Config } from "../model/config";
import type { Store } from "../state";
import { Icon } from "./icons";
import { Panel } from "./panel";
import type { Scene } from "./scene";
import { sayIn } from "./texts";

type Props = { config: Config; store: Store; client: Client; attachments: Attachments };

function Launcher({ scene, back }: { scene: Scene; back: boolean }): JSX.Element {
  const { unread } = scene.state;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (back) button.current?.focus();
  }, []);
  const label = unread ? scene.say("open-unread", { count: unread }) : scene.say("open");
  return (
    <button
      ref={button}
      type="button"
      class="launcher"
      aria-label={label}
      aria-haspopup="dialog"
      onClick={() => scene.client.open()}
    >
      <Icon name="chat" solid />
      {unread > 0 && <span class="badge">{unread > 9 ? "9+" : unread}</span>}
    </button>
  );
}

export function App({ config, store, client, attachments }: Props): JSX.Element {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => store.watch(() => draw(undefined)), [store]);
  const state = store.state;
  const say = useMemo(() => sayIn(state.language), [state.language]);
  const opened = useRef(false);
  if (state.open) opened.current = true;
  const scene: Scene = {
    server: config.server,
    language: state.language,
    say,
    state,
    client,
    attachments,
    press: (message, option, label) => client.say(label, [], { message, option }),
  };
  const side = config.position ?? (state.inbox?.brand.position === "left" ? "left" : "right");
  return (
    <div class={`root ${side}`} data-theme={config.theme} lang={state.language}>
      {state.open ? <Panel scene={scene} /> : <Launcher scene={scene} back={opened.current} />}
      <div class="hidden" role="status">
        {!state.open && state.unread > 0 ? say("open-unread", { count: state.unread }) : ""}
      </div>
    </div>
  );
}
