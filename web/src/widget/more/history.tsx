/** The visitor's earlier conversations: a list, and one of them to read again. */
import type { JSX } from "preact";
import { rows } from "../model/rows";
import type { Scene } from "../view/scene";
import { Icon } from "../view/icons";
import { dayName, localDay } from "../view/texts";
import type { Earlier, Rest } from "./rest";

function Item({ item, scene, rest }: { item: Earlier; scene: Scene; rest: Rest }): JSX.Element {
  const { say, locale } = scene;
  return (
    <li>
      <button type="button" onClick={() => void rest.read(item.id)}>
        <span class="grow">
          <b dir="auto">{item.text || say("nothing-said")}</b>
          <small>
            {dayName(item.at, locale, new Date())}
            {item.status === "open" && ` · ${say("going-on")}`}
          </small>
        </span>
        {item.n > item.read && item.author !== "contact" && (
          <i class="dot" role="img" aria-label={say("unread")} />
        )}
        <Icon name="back" />
      </button>
    </li>
  );
}

export function History({ scene, rest }: { scene: Scene; rest: Rest }): JSX.Element {
  const { say } = scene;
  const { history, past } = rest.known;
  if (past) {
    return (
      <div class="past">
        <ol>{rows(past.entries, [], localDay).map((row) => rest.kit.row(row, scene))}</ol>
        <button type="button" class="main" onClick={() => rest.set({ past: null })}>
          {say("all-earlier")}
        </button>
      </div>
    );
  }
  if (!history) return <p role="status">{say(history === null ? "not-now" : "loading")}</p>;
  if (!history.length) return <p class="quiet">{say("none-earlier")}</p>;
  return (
    <>
      <ul class="list">
        {history.map((item) => (
          <Item key={item.id} item={item} scene={scene} rest={rest} />
        ))}
      </ul>
      {rest.known.next && (
        <button type="button" class="plain" onClick={() => void rest.recall(rest.known.next)}>
          {say("older")}
        </button>
      )}
    </>
  );
}
