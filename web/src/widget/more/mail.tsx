/** Asks a visitor who has to wait for an address to answer to, in case they go. */
import type { JSX, TargetedSubmitEvent } from "preact";
import { over } from "../model/timeline";
import type { Scene } from "../view/scene";
import type { Rest } from "./rest";

/** They wait for a person, or nobody is there; and no address of theirs is known. */
function wanted({ state, client }: Scene, rest: Rest): boolean {
  const { inbox, timeline, service, user } = state;
  if (!inbox?.offers?.mail || !timeline.n || over(timeline) || timeline.handler === "agent") return false;
  if (rest.known.leftMail || user?.proven.includes("email") || client.storage.get("mail")) return false;
  return timeline.handler === "queue" || (service?.open === false && timeline.handler === "nobody");
}

export function Mail({ scene, rest }: { scene: Scene; rest: Rest }): JSX.Element | null {
  const { say } = scene;
  if (!wanted(scene, rest)) return null;
  const leave = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    rest.leave(String(new FormData(event.currentTarget).get("email")).trim());
  };
  return (
    <form class="card mail" onSubmit={leave} aria-label={say("mail")}>
      <h2>{say("mail")}</h2>
      <p>{say("mail-lead")}</p>
      <div class="row">
        <input
          type="email"
          name="email"
          dir="ltr"
          required
          maxLength={320}
          autocomplete="email"
          placeholder="name@example.com"
          aria-label={say("email")}
        />
        <button type="submit" class="main small">
          {say("leave")}
        </button>
      </div>
    </form>
  );
}
