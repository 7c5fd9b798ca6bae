/** The top of the panel: who answers, whether they are there, and how long one waits. */
import type { JSX } from "preact";
import { over } from "../model/timeline";
import { Icon } from "./icons";
import type { Scene } from "./scene";
import { moment, span } from "./texts";

export function begun({ timeline, outbox }: Scene["state"]): boolean {
  return timeline.entries.length + outbox.length > 0;
}

function subtitle({ say, state }: Scene): string {
  const { handler, agent, conversation } = state.timeline;
  if (!conversation || over(state.timeline)) return say("ask");
  if (handler === "agent") return agent ? say("with-agent", { name: agent }) : say("with-team");
  return say(handler === "queue" ? "in-queue" : handler === "bot" ? "with-bot" : "ask");
}

/** Place in the queue, else when people are there; nothing where nobody knows, or somebody is there already. */
export function notice({ say, state, locale }: Scene): string | null {
  const { waiting, service, timeline } = state;
  if (timeline.handler === "agent" && !over(timeline)) return null;
  const wait = waiting ? waiting.expected_wait_s : service?.open === false ? null : service?.expected_wait_s;
  const time = wait == null ? null : say("about", { time: span(wait, locale) });
  if (waiting) {
    const place = waiting.position > 1 ? say("place", { position: waiting.position }) : say("next");
    return time ? `${place} · ${time}` : place;
  }
  if (service?.open === false) {
    const { opens_at } = service;
    return opens_at ? say("away-until", { time: moment(opens_at, locale, new Date()) }) : say("away");
  }
  return time && say("answers", { time });
}

function Face({ scene }: { scene: Scene }): JSX.Element {
  const { agent, handler } = scene.state.timeline;
  return (
    <span class="face" aria-hidden="true">
      {agent ? Array.from(agent)[0] : <Icon name={handler === "queue" ? "people" : "bot"} />}
      {scene.state.service?.open && <i />}
    </span>
  );
}

function Link({ scene }: { scene: Scene }): JSX.Element {
  const { link, timeline, denied } = scene.state;
  const key =
    link === "offline" ? "offline" : link === "connecting" ? (timeline.n ? "reconnecting" : "connecting") : null;
  const told = denied ? null : notice(scene);
  return (
    <div role="status">
      {key ? (
        <p class={`notice ${link}`}>{scene.say(key)}</p>
      ) : (
        told && (
          <p class="notice">
            <Icon name="wait" />
            {told}
          </p>
        )
      )}
    </div>
  );
}

function Button({ scene, name, does }: { scene: Scene; name: "close" | "menu" | "back"; does: () => void }): JSX.Element {
  const words = scene.say(name);
  return (
    <button type="button" class={`icon ${name}`} aria-label={words} title={words} onClick={does}>
      <Icon name={name} />
    </button>
  );
}

export function Head({ scene }: { scene: Scene }): JSX.Element {
  const { say, state, client, page } = scene;
  const rare = state.view !== "chat";
  const Title = page ? "h1" : "h2";
  return (
    <header>
      <div class="bar">
        {rare ? <Button scene={scene} name="back" does={() => client.show("chat")} /> : <Face scene={scene} />}
        <div class="grow">
          <Title>{rare ? say(state.view) : (state.inbox?.name ?? say("title"))}</Title>
          {!rare && <p>{subtitle(scene)}</p>}
        </div>
        {!rare && state.more && <Button scene={scene} name="menu" does={() => client.show("menu")} />}
        {!page && <Button scene={scene} name="close" does={() => client.close()} />}
      </div>
      <Link scene={scene} />
    </header>
  );
}
