/** The customer's own orders beside their conversation, as far as something proves who they are. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { CustomerOrders, Order } from "../../wire.ts";
import { api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { money } from "../data/orders.ts";
import { ofOrders, useTold } from "../data/told.ts";
import { OrderCard } from "../orders/card.tsx";
import { OrderChip } from "../orders/state.tsx";
import { Chip, Skeleton } from "../ui/basic.tsx";
import { errorText } from "../ui/form.tsx";
import { Icon } from "../ui/icons.tsx";
import { Time } from "../ui/time.tsx";

function Line({ order, conversation, onChanged }: { order: Order; conversation: string; onChanged: (order: Order) => void }): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <li class="own-order">
      <button type="button" class="own-order-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span class="own-order-name"><strong class="tabular">{order.number}</strong><OrderChip state={order.state} />{order.waiting ? <Chip tone="warn" icon="clock">{t("console-order-request-waiting")}</Chip> : null}</span>
        <span class="own-order-facts"><span class="tabular">{money(order.total, order.currency)}</span><Time at={order.placed_at} /></span>
        <Icon name="chevron" size={15} class={open ? "turned" : ""} />
      </button>
      {open ? <OrderCard order={order} conversation={conversation} onChanged={onChanged} /> : null}
    </li>
  );
}

export function Orders({ conversation }: { conversation: string }): JSX.Element {
  const [shown, setShown] = useState<CustomerOrders | null>(null);
  const [error, setError] = useState<string | null>(null);
  const load = (): Promise<void> => api.get<CustomerOrders>(`/api/conversations/${conversation}/orders`).then((found) => { setShown(found); setError(null); }, (fault) => setError(errorText(fault)));
  useEffect(() => void load(), [conversation]);
  useTold(ofOrders, load);
  if (error && !shown) return <p class="section-none">{error}</p>;
  if (!shown) return <Skeleton rows={2} kind="line" />;
  if (!shown.proven) return <p class="section-none">{t("console-orders-unproven")}</p>;
  if (shown.items.length === 0) return <p class="section-none">{t("console-orders-none-theirs")}</p>;
  const put = (order: Order): void => setShown({ ...shown, items: shown.items.map((each) => (each.number === order.number ? order : each)) });
  return <ul class="own-orders">{shown.items.map((each) => <Line key={each.number} order={each} conversation={conversation} onChanged={put} />)}</ul>;
}
