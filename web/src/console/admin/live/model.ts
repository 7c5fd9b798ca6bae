/** The form of a widget or a chat page and the configuration that it stands for. Pure. */
import { list, record, said, text, words } from "../values.ts";
import { beginQuestion, questionConfig, type QuestionForm } from "./questions.ts";

/** The number of a secret that the server has, or a new one. */
export type Secret = number | string;

export interface LiveForm {
  origins: string; color: string; position: string; greeting: Record<string, string>; languages: string;
  /** The mailbox, and the bot, through which a conversation goes on or an address is proven; none if empty. */
  mail: string; telegram: string;
  questions: QuestionForm[]; rating: boolean; articles: boolean;
  secrets: readonly Secret[]; required: boolean;
  webhook: { url: string; secret: string; known: boolean };
  /** What this form does not know stays as it was. */
  rest: Record<string, unknown>;
}

export const COLOR = "#3d55d9";

export function beginLive(config: Record<string, unknown>, fresh: boolean): LiveForm {
  const { origins, color, position, greeting, languages, mail, telegram, questions, rating, articles, identity, webhook, ...rest } = config;
  const secrets = record(identity)["secrets"];
  return {
    origins: Array.isArray(origins) ? origins.join("\n") : "", color: text(color, fresh ? COLOR : ""), position: text(position, "right"), greeting: words(greeting),
    languages: Array.isArray(languages) ? languages.join(", ") : "en, zh", mail: text(mail), telegram: text(telegram),
    questions: Array.isArray(questions) ? questions.map(beginQuestion) : [], rating: rating === true || fresh, articles: articles === true || fresh,
    secrets: Array.isArray(secrets) ? secrets.filter((each): each is number => typeof each === "number") : [], required: record(identity)["required"] === true,
    webhook: { url: text(record(webhook)["url"]), secret: "", known: record(webhook)["secret"] === true }, rest,
  };
}

/** What only an inbox of kind chat has is left out for a widget. */
export function liveConfig(form: LiveForm, kind: string): Record<string, unknown> {
  const { secrets, required, webhook } = form;
  return {
    ...form.rest, origins: form.origins.split(/\s+/u).filter(Boolean), color: form.color || null, position: form.position, greeting: said(form.greeting), languages: list(form.languages),
    mail: form.mail || null, telegram: form.telegram || null, questions: form.questions.map(questionConfig), rating: form.rating, articles: form.articles,
    ...(secrets.length ? { identity: { secrets, required } } : {}),
    ...(kind === "chat" && webhook.url.trim() ? { webhook: { url: webhook.url.trim(), ...(webhook.secret.trim() ? { secret: webhook.secret.trim() } : {}) } } : {}),
  };
}

const SECRET_BYTES = 32;

type Random = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;
const unguessable: Random = (bytes) => crypto.getRandomValues(bytes);

function base64(random: Random): string {
  return btoa(String.fromCharCode(...random(new Uint8Array(SECRET_BYTES))));
}

/** A secret that nobody can guess, in letters that fit everywhere. */
export function freshSecret(random = unguessable): string {
  return base64(random).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/u, "");
}

/** As Standard Webhooks wants one. */
export function freshWebhookSecret(random = unguessable): string {
  return `whsec_${base64(random)}`;
}
