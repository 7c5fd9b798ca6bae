/** The form of a Telegram bot and the configuration that it stands for. Pure. */
import { list } from "../values.ts";

export interface TelegramForm {
  token: string; mode: "polling" | "webhook"; groups: boolean; languages: string;
  /** Whether the server has a token already. */
  known: boolean;
}

export function beginTelegram(config: Record<string, unknown>): TelegramForm {
  const { token, mode, groups, languages } = config;
  return { token: "", known: token === true, mode: mode === "webhook" ? "webhook" : "polling", groups: groups === true, languages: Array.isArray(languages) ? languages.join(", ") : "en, zh" };
}

/** A token that is left out stays as it is. */
export function telegramConfig({ token, mode, groups, languages }: TelegramForm): Record<string, unknown> {
  return { ...(token.trim() ? { token: token.trim() } : {}), mode, groups, languages: list(languages) };
}
