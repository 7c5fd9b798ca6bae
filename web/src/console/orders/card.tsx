/** One order with all that is in it, and what an agent may do with it for the customer. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Order, OrderRequest } from "../../wire.ts";
import { fullTime } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { ACTS, type Act, money, refusal } from "../data/orders.ts";
import { Button } from "../ui/basic.tsx";
import { Time } from "../ui/time.tsx";
import { RequestChip } from "./state.tsx";
import { WishDialog } from "./wish-dialog.tsx";

/** What the state of the order does not show by itself. */
const WORTH_SAYING = new Set(["too_late"]);

function day(iso: string): string {
  return new Date(`${iso}T12:00:00`).toLocaleDateString(locale(), { dateStyle: "medium" });
}

function Asked({ request, order }: { request: OrderRequest; order: Order }): JSX.Element {
  return (
    <li class="order-request">
      <span class="order-request-head"><strong>{t(`console-order-kind-${request.kind}`)}</strong>{request.amount === null ? null : <span class="tabular">{money(request.amount, order.currency)}</span>}<RequestChip state={request.state} /></span>
      {request.reason ? <span dir="auto">{request.reason}</span> : null}
      <small>{request.asked_by === null ? t("console-order-by-customer") : t("console-order-by-agent", { name: request.asked_by })} · <Time at={request.asked_at} />
        {request.decided_by ? <> · {t(`console-order-decided-${request.state}`, { name: request.decided_by })}</> : null}</small>
      {request.decision ? <small dir="auto">{request.decision}</small> : null}
    </li>
  );
}

export function OrderCard({ order, conversation, onChanged }: { order: Order; conversation: string | null; onChanged: (order: Order) => void }): JSX.Element {
  const [act, setAct] = useState<Act | null>(null);
  const hindered = ACTS.filter((each) => WORTH_SAYING.has(refusal(order, each) ?? ""));
  return (
    <div class="order">
      <ul class="order-items">
        {order.items.map((item, at) => (
          <li key={at}><span class="order-count tabular">{t("console-order-times", { count: item.quantity })}</span><span dir="auto">{item.name}</span><span class="tabular">{money(item.price * item.quantity, order.currency)}</span></li>
        ))}
        <li class="order-total"><span>{t("console-order-total")}</span><span class="tabular">{money(order.total, order.currency)}</span></li>
      </ul>
      <dl class="facts">
        <div><dt>{t("console-order-placed")}</dt><dd>{fullTime(new Date(order.placed_at), locale())}</dd></div>
        {order.customer ? <div><dt>{t("console-order-customer")}</dt><dd><bdi>{order.customer}</bdi></dd></div> : null}
        {order.delivered_at ? <div><dt>{t("console-order-delivered")}</dt><dd>{fullTime(new Date(order.delivered_at), locale())}</dd></div>
          : order.expected ? <div><dt>{t("console-order-expected")}</dt><dd>{day(order.expected)}</dd></div> : null}
        {order.tracking ? <div><dt>{t("console-order-tracking")}</dt><dd class="tabular">{order.tracking}</dd></div> : null}
        <div><dt>{t("console-order-address")}</dt><dd class="order-address" dir="auto">{order.address}</dd></div>
      </dl>
      {order.requests.length ? <ul class="order-requests" aria-label={t("console-order-requests")}>{order.requests.map((each) => <Asked key={each.id} request={each} order={order} />)}</ul> : null}
      <div class="order-acts">
        {ACTS.filter((each) => refusal(order, each) === null).map((each) => (
          <Button key={each} size="small" onClick={() => setAct(each)}>{t(`console-order-do-${each}`)}<span class="unseen">: {order.number}</span></Button>
        ))}
      </div>
      {hindered.map((each) => <p key={each} class="order-why">{t(`console-order-do-${each}`)}: {t(`console-order-refusal-${(refusal(order, each) ?? "").replaceAll("_", "-")}`)}</p>)}
      {act ? <WishDialog order={order} act={act} conversation={conversation} onClose={() => setAct(null)} onDone={onChanged} /> : null}
    </div>
  );
}
