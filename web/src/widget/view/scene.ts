/** What every view needs to draw and to act, handed down in one value. */
import type { Attachments } from "../attachments";
import type { Client } from "../client";
import type { Language } from "../model/config";
import type { State } from "../state";
import type { Say } from "./texts";

export type Scene = {
  server: string;
  language: Language;
  /** How times and numbers are written: the browser's own form of the language, where it has one. */
  locale: string;
  say: Say;
  state: State;
  client: Client;
  attachments: Attachments;
  press(message: string, option: string, label: string): void;
};
