/** The log of what was said: rows in order, kept at the end while the reader is there. */
import type { JSX } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { rows } from "../model/rows";
import type { Row } from "../model/rows";
import { Icon } from "./icons";
import { Parts } from "./parts";
import type { Scene } from "./scene";
import { clock, dayName, localDay, reason } from "./texts";

/** Within this many pixels of the end the log follows new messages. */
const NEAR_END = 80;

type Said = Extract<Row, { kind: "said" }>;

function Ticks({ row, scene }: { row: Said; scene: Scene }): JSX.Element {
  const state = row.pending?.state ?? (row.message.delivery === "read" ? "read" : "stored");
  const icon = state === "waiting" ? "wait" : state === "read" ? "ticks" : "tick";
  const words = scene.say(state === "waiting" ? "sending" : state === "read" ? "read" : "sent");
  return (
    <span class="tick" role="img" aria-label={words} title={words}>
      <Icon name={icon} />
    </span>
  );
}

function Refused({ row, scene }: { row: Said; scene: Scene }): JSX.Element {
  const { key = "", error } = row.pending ?? {};
  return (
    <div class="refused">
      <span>{reason(scene.say, error ?? "")}</span>
      <button type="button" onClick={() => scene.client.again(key)}>
        {scene.say("try-again")}
      </button>
      <button type="button" onClick={() => scene.client.forget(key)}>
        {scene.say("remove")}
      </button>
    </div>
  );
}

function SaidRow({ row, scene }: { row: Said; scene: Scene }): JSX.Element {
  const { author, at } = row.message;
  const mine = author.kind === "contact";
  const name = mine ? scene.say("you") : (author.name ?? scene.say(author.kind === "bot" ? "assistant" : "team"));
  const refused = row.pending?.state === "refused";
  return (
    <li class={`said ${mine ? "mine" : "theirs"}${row.first ? " first" : ""}${row.pending ? " waiting" : ""}`}>
      {!mine && (
        <span class="face" aria-hidden="true">
          {row.first && (author.kind === "agent" ? Array.from(name)[0] : <Icon name="bot" />)}
        </span>
      )}
      <div class="body">
        <span class={mine ? "hidden" : "name"}>{row.first || mine ? name : ""}</span>
        <Parts message={row.message} buttons={row.buttons} scene={scene} />
        {refused ? (
          <Refused row={row} scene={scene} />
        ) : (
          <span class="meta">
            <time dateTime={at}>{clock(at, scene.language)}</time>
            {mine && <Ticks row={row} scene={scene} />}
          </span>
        )}
      </div>
    </li>
  );
}

function Note({ row, scene }: { row: Extract<Row, { kind: "note" }>; scene: Scene }): JSX.Element {
  const { entry } = row;
  const words = entry.kind === "joined" ? scene.say("joined", { name: entry.name }) : scene.say(entry.kind);
  return (
    <li class="note">
      <span>{words}</span>
    </li>
  );
}

export function Log({ scene }: { scene: Scene }): JSX.Element {
  const { timeline, outbox, typing, inbox } = scene.state;
  const list = useMemo(() => rows(timeline.entries, outbox, localDay), [timeline.entries, outbox]);
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const written = outbox.length;
  const before = useRef(written);
  useLayoutEffect(() => {
    const at = box.current;
    if (at && (follows.current || written > before.current)) at.scrollTop = at.scrollHeight;
    before.current = written;
  });
  const onScroll = (): void => {
    const at = box.current;
    if (at) follows.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_END;
  };
  return (
    <div
      class="log"
      ref={box}
      onScroll={onScroll}
      tabIndex={0}
      role="log"
      aria-live="polite"
      aria-label={scene.say("messages")}
    >
      {inbox?.greeting && (
        <p class="greeting" dir="auto">
          {inbox.greeting}
        </p>
      )}
      <ol>
        {list.map((row) =>
          row.kind === "said" ? (
            <SaidRow key={row.id} row={row} scene={scene} />
          ) : row.kind === "note" ? (
            <Note key={row.id} row={row} scene={scene} />
          ) : (
            <li class="day" key={row.id}>
              <span>{dayName(row.at, scene.language, new Date())}</span>
            </li>
          ),
        )}
      </ol>
      {typing && (
        <div class="typing" aria-live="off">
          <span class="hidden">
            {scene.say("typing", {
              name: typing === "agent" ? (timeline.agent ?? scene.say("team")) : scene.say("assistant"),
            })}
          </span>
          <i />
          <i />
          <i />
        </div>
      )}
    </div>
  );
}
