/** The bot's state as the socket tells it: the shell shows when the bot is not fully there. */
import { live } from "./live.ts";
import { bot } from "./resource.ts";

export function followBot(): void {
  live.on((frame) => {
    if (frame.type !== "bot") return;
    const { type: _, ...state } = frame;
    bot.value = state;
  });
}
