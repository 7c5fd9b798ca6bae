/** How it went: five stars once the conversation is over, then room for a word; every tab shows what was given. */
import type { JSX, TargetedSubmitEvent } from "preact";
import { over } from "../model/timeline";
import type { Scene } from "../view/scene";
import type { Rest } from "./rest";

const SCORES = [1, 2, 3, 4, 5];
const STAR = "M12 2.8l2.8 5.9 6.4.8-4.7 4.4 1.2 6.4-5.7-3.1-5.7 3.1 1.2-6.4L2.8 9.5l6.4-.8z";

function Stars({ scene, rest }: { scene: Scene; rest: Rest }): JSX.Element {
  const { say, state } = scene;
  const given = state.timeline.rating ?? 0;
  return (
    <fieldset class="stars">
      <legend class="hidden">{say("rate")}</legend>
      {SCORES.map((score) => (
        <label key={score} class={score <= given ? "lit" : undefined} title={say(`rate-${score}`)}>
          <input
            type="radio"
            name="score"
            class="hidden"
            value={score}
            checked={score === given}
            onChange={() => rest.rate(score, "")}
          />
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d={STAR} />
          </svg>
          <span class="hidden">{say(`rate-${score}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

export function Rating({ scene, rest }: { scene: Scene; rest: Rest }): JSX.Element | null {
  const { say, state } = scene;
  const { timeline, inbox } = state;
  if (!inbox?.offers?.rating || !over(timeline) || !timeline.n) return null;
  const { rated } = rest.known;
  const send = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const comment = String(new FormData(event.currentTarget).get("comment") ?? "").trim();
    if (comment && timeline.rating) rest.rate(timeline.rating, comment);
  };
  return (
    <div class="card rating">
      <h2>{say("rate")}</h2>
      <Stars scene={scene} rest={rest} />
      <p role="status">{timeline.rating ? `${say(`rate-${timeline.rating}`)} · ${say("thanks")}` : ""}</p>
      {timeline.rating && rated === "open" && (
        <form onSubmit={send}>
          <textarea
            name="comment"
            rows={2}
            dir="auto"
            maxLength={1000}
            placeholder={say("comment")}
            aria-label={say("comment")}
          />
          <button type="submit" class="main small">
            {say("send")}
          </button>
        </form>
      )}
    </div>
  );
}
