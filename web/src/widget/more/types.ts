/** What the script that is loaded on demand is given, and what it gives back. */
import type { ComponentChild, JSX } from "preact";
import type { Client } from "../client";
import type { ServerFrame } from "../model/protocol";
import type { Store } from "../state";
import type { Row } from "../model/rows";
import type { Scene } from "../view/scene";
import type { Attachments } from "./attachments";

export type Kit = {
  /** The one Preact of the page: two would not draw into each other. */
  jsx: (type: unknown, props: unknown, key?: unknown) => JSX.Element;
  client: Client;
  store: Store;
  /** Puts a style sheet on the widget. */
  wear: (css: string) => void;
  /** Draws one row of a log. */
  row: (row: Row, scene: Scene) => JSX.Element;
};

export type More = {
  attachments: Attachments;
  /** In the place of log and composer. */
  view(scene: Scene): ComponentChild;
  /** At the end of the log. */
  card(scene: Scene): ComponentChild;
  /** In the place of the composer, before the first message. */
  questions(scene: Scene): ComponentChild;
  /** Above the composer. */
  suggestions(scene: Scene): ComponentChild;
  /** In the field's frame: files that wait for their message. */
  drafts(scene: Scene): ComponentChild;
  /** A frame that the first script knows nothing of. */
  heard(frame: ServerFrame): void;
};
