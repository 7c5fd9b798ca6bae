/** Orders: amounts as people write them, what waits for a person to grant it, and what may be asked of the server. */
import { signal } from "@preact/signals";
import type { Order, RequestPage, WishAnswer } from "../../wire.ts";
import { api } from "./api.ts";
import { locale } from "./i18n.ts";
import { live } from "./live.ts";
import { may, me, onLeave } from "./session.ts";
import { follow, ofOrders } from "./told.ts";

export type Act = "cancel" | "address" | "return" | "refund";
export const ACTS: readonly Act[] = ["cancel", "address", "return", "refund"];

/** How many refunds wait for somebody like this person. */
export const refundsWaiting = signal(0);

function digits(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** `amount` in minor units. */
export function money(amount: number, currency: string): string {
  return new Intl.NumberFormat(locale(), { style: "currency", currency }).format(amount / 10 ** digits(currency));
}

/** For a field that is typed into, without sign and thousands. */
export function plainMoney(amount: number, currency: string): string {
  return (amount / 10 ** digits(currency)).toFixed(digits(currency));
}

/** In minor units; null: that is no amount. */
export function readMoney(text: string, currency: string): number | null {
  const plain = text.trim().replace(",", ".");
  if (!/^\d{1,9}(\.\d*)?$/u.test(plain)) return null;
  const amount = Number(plain) * 10 ** digits(currency);
  return Math.abs(amount - Math.round(amount)) < 1e-6 ? Math.round(amount) : null;
}

/** Why it may not be done now; null: it may. */
export function refusal(order: Order, act: Act): string | null {
  return order.can[act === "return" ? "send_back" : act];
}

export interface Asked { key: string; conversation: string | null; address?: string; reason?: string; amount?: number | null }

export function carryOut(number: string, act: Act, asked: Asked): Promise<WishAnswer> {
  return api.post<WishAnswer>(`/api/orders/${encodeURIComponent(number)}/${act}`, asked);
}

async function loadWaiting(): Promise<void> {
  if (!me.value || !may("approve")) return;
  refundsWaiting.value = await api.get<RequestPage>("/api/order-requests").then((page) => page.waiting, () => refundsWaiting.value);
}

export function followRefunds(): void {
  follow(ofOrders, loadWaiting);
  live.state.subscribe((state) => { if (state === "live") void loadWaiting(); });
  onLeave(() => { refundsWaiting.value = 0; });
}
