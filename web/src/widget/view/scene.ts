/** What every view needs to draw and to act, handed down in one value. */
import type { Attachments } from "../more/attachments";
import type { Client } from "../client";
import type { State } from "../state";
import type { Say } from "./texts";

export type Scene = {
  server: string;
  /** The whole page is the chat: there is nothing to close. */
  page: boolean;
  /** How times and numbers are written: the browser's own form of the language, where it has one. */
  locale: string;
  say: Say;
  state: State;
  client: Client;
  /** Files can be taken once the rest is loaded. */
  attachments: Attachments | null;
  press(message: string, option: string, label: string): void;
};
