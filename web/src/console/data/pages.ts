/** Which pages a person may open: for the navigation, the keys and the page itself, so that they never disagree. */
import { may } from "./session.ts";

export type PageName = "inbox" | "articles" | "knowledge" | "orders" | "mail" | "bot" | "status" | "admin";

/** One of these permissions opens the page. */
const NEEDS: Record<PageName, string[]> = {
  inbox: ["answer"],
  articles: ["answer", "edit"],
  knowledge: ["edit"],
  orders: ["answer"],
  mail: ["supervise"],
  bot: ["supervise"],
  status: ["supervise"],
  admin: ["supervise", "administer"],
};

export function isPage(name: string | undefined): name is PageName {
  return name !== undefined && Object.hasOwn(NEEDS, name);
}

export function mayOpen(page: PageName): boolean {
  return NEEDS[page].some(may);
}
