/** How far an order got, and what became of what was asked about it, as chips. */
import type { JSX } from "preact";
import type { OrderRequestState, OrderState } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { Chip, type Tone } from "../ui/basic.tsx";

const STATES: Record<OrderState, Tone> = { placed: "accent", packed: "accent", shipped: "accent", delivered: "good", cancelled: "neutral", returned: "neutral" };
const REQUESTS: Record<OrderRequestState, Tone> = { waiting: "warn", accepted: "good", declined: "bad" };

export function OrderChip({ state }: { state: OrderState }): JSX.Element {
  return <Chip tone={STATES[state]}>{t(`console-order-state-${state}`)}</Chip>;
}

export function RequestChip({ state }: { state: OrderRequestState }): JSX.Element {
  return <Chip tone={REQUESTS[state]}>{t(`console-order-request-${state}`)}</Chip>;
}
