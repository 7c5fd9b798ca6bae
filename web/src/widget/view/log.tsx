/** The log of what was said: rows in order, kept at the end while the reader is there. */
import { Component, createRef } from "preact";
import type { JSX, TargetedEvent } from "preact";
import { rows } from "../model/rows";
import type { Row } from "../model/rows";
import { Icon } from "./icons";
import { Parts } from "./parts";
import type { Scene } from "./scene";
import { clock, dayName, localDay, reason } from "./texts";

/** Within this many pixels of the end the log follows new messages. */
const NEAR_END = 80;
/** What is left free above the beginning of a long answer. */
const ABOVE = 12;

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
      <button type="button" onClick={() => scene.client.drop(key)}>
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
    <li
      class={`said ${mine ? "mine" : "theirs"}${row.first ? " first" : ""}${row.last ? " last" : ""}${row.pending ? " waiting" : ""}`}
    >
      {!mine && (
        <span class="face" aria-hidden="true">
          {row.last && (author.kind === "agent" ? Array.from(name)[0] : <Icon name="bot" />)}
        </span>
      )}
      <div class="body">
        <span class={mine ? "hidden" : "name"}>{row.first || mine ? name : ""}</span>
        <Parts message={row.message} buttons={row.buttons} scene={scene} />
        {refused ? (
          <Refused row={row} scene={scene} />
        ) : (
          <span class="meta">
            <time dateTime={at}>{clock(at, scene.locale)}</time>
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

type RowProps = { row: Row; scene: Scene };

/** Drawn again only where it changed: a conversation may be long, and much may come at once. */
export class AnyRow extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const now = this.props;
    const [a, b] = [now.row, next.row];
    return (
      a.kind !== "said" ||
      b.kind !== "said" ||
      a.message !== b.message ||
      a.pending !== b.pending ||
      a.first !== b.first ||
      a.last !== b.last ||
      a.buttons.open !== b.buttons.open ||
      a.buttons.option !== b.buttons.option ||
      now.scene.state.texts !== next.scene.state.texts
    );
  }

  override render({ row, scene }: RowProps): JSX.Element {
    if (row.kind === "said") return <SaidRow row={row} scene={scene} />;
    if (row.kind === "note") return <Note row={row} scene={scene} />;
    return (
      <li class="day">
        <span>{dayName(row.at, scene.locale, new Date())}</span>
      </li>
    );
  }
}

function TypingSign({ scene }: { scene: Scene }): JSX.Element | null {
  const { typing, timeline } = scene.state;
  if (!typing) return null;
  const name = typing === "agent" ? (timeline.agent ?? scene.say("team")) : scene.say("assistant");
  return (
    <div class="typing" aria-live="off">
      <span class="hidden">{scene.say("typing", { name })}</span>
      <i />
      <i />
      <i />
    </div>
  );
}

export class Log extends Component<{ scene: Scene }> {
  private readonly box = createRef<HTMLDivElement>();
  private follows = true;
  private written = 0;
  /** Where we scrolled to ourselves. */
  private place = 0;

  override componentDidMount(): void {
    this.settle();
  }

  override componentDidUpdate(): void {
    this.settle();
  }

  /** To the end, or to the beginning of an answer that is longer than the log is high; again when a picture has come. */
  private readonly settle = (): void => {
    const box = this.box.current;
    const written = this.props.scene.state.outbox.length;
    if (box && (this.follows || written > this.written)) {
      const last = box.querySelector<HTMLElement>("ol>:last-child");
      const start = last?.classList.contains("theirs") ? last.offsetTop - box.offsetTop - ABOVE : Infinity;
      this.follows = true;
      this.place = box.scrollTop = Math.min(start, box.scrollHeight - box.clientHeight);
    }
    this.written = written;
  };

  private readonly scrolled = ({ currentTarget: box }: TargetedEvent<HTMLDivElement>): void => {
    if (Math.abs(box.scrollTop - this.place) < 2) return;
    this.follows = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END;
  };

  override render({ scene }: { scene: Scene }): JSX.Element {
    const { timeline, outbox, inbox, more } = scene.state;
    return (
      <div
        class="log"
        ref={this.box}
        onScroll={this.scrolled}
        onLoadCapture={this.settle}
        tabIndex={0}
        role="log"
        aria-live="polite"
        aria-label={scene.say("messages")}
      >
        <p class="greeting" dir="auto">
          {inbox?.greeting || scene.say("greeting")}
        </p>
        <ol>
          {rows(timeline.entries, outbox, localDay).map((row) => (
            <AnyRow key={row.id} row={row} scene={scene} />
          ))}
        </ol>
        <TypingSign scene={scene} />
        {more?.card(scene)}
      </div>
    );
  }
}
