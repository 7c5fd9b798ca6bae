/** All orders, found by number or by whose they are, each with its history; and refunds that wait for a person. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Order, OrderDetail, OrderPage, OrderStep } from "../../wire.ts";
import { api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { money, refundsWaiting } from "../data/orders.ts";
import { go, href, steps } from "../data/router.ts";
import { may } from "../data/session.ts";
import { ofOrders, useTold } from "../data/told.ts";
import { inboxHref } from "../inbox/where.ts";
import { Button, Chip, Empty, Notice, Skeleton } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField, errorText } from "../ui/form.tsx";
import { NotForRole } from "../ui/not-for-role.tsx";
import { PageHead } from "../ui/page.tsx";
import { Time } from "../ui/time.tsx";
import { OrderCard } from "./card.tsx";
import { Refunds } from "./refunds.tsx";
import { OrderChip } from "./state.tsx";

const TYPING_MS = 250;

function Row({ order }: { order: Order }): JSX.Element {
  return (
    <li class="thing">
      <a class="thing-open order-row" href={href(`/orders/all/${order.number}`)}>
        <strong class="thing-name tabular">{order.number}</strong>
        <span class="thing-chips"><OrderChip state={order.state} />{order.waiting ? <Chip tone="warn" icon="clock">{t("console-order-request-waiting")}</Chip> : null}</span>
        <span class="order-row-who"><bdi>{order.customer}</bdi></span>
        <span class="thing-more order-row-facts"><span class="tabular">{money(order.total, order.currency)}</span><Time at={order.placed_at} /></span>
      </a>
    </li>
  );
}

function Step({ step, order }: { step: OrderStep; order: Order }): JSX.Element {
  const who = step.source === "agent" ? (step.by ?? t("console-agent")) : t(`console-order-source-${step.source}`);
  return (
    <li class="order-step">
      <span><strong>{t(`console-order-step-${step.kind.replaceAll("_", "-")}`)}</strong>{step.amount === null ? null : <span class="tabular"> {money(step.amount, order.currency)}</span>}</span>
      {step.detail ? <span class="order-address" dir="auto">{step.kind === "address" || step.kind === "changed" ? t("console-order-before", { before: step.detail }) : step.detail}</span> : null}
      <small>{who} · <Time at={step.at} />{step.conversation ? <> · <a href={inboxHref({ list: "all", status: "any", id: step.conversation })}>{t("console-flag-conversation")}</a></> : null}</small>
    </li>
  );
}

function Detail({ number }: { number: string }): JSX.Element {
  const [detail, setDetail] = useState<OrderDetail | null>(null);
  const [error, setError] = useState<string | null>(null);
  const load = (): Promise<void> => api.get<OrderDetail>(`/api/orders/${encodeURIComponent(number)}`).then(setDetail, (fault) => setError(errorText(fault)));
  useEffect(() => void load(), [number]);
  useTold(ofOrders, load);
  return (
    <Dialog title={number} wide onClose={() => go(href("/orders/all"))}>
      {error && !detail ? <Notice tone="bad">{error}</Notice> : !detail ? <Skeleton rows={4} kind="line" /> : (
        <div class="order-detail">
          <div class="thing-chips"><OrderChip state={detail.order.state} /></div>
          <OrderCard order={detail.order} conversation={null} onChanged={() => void load()} />
          <h3>{t("console-order-history")}</h3>
          <ol class="order-steps">{detail.steps.map((each) => <Step key={each.n} step={each} order={detail.order} />)}</ol>
        </div>
      )}
    </Dialog>
  );
}

function All(): JSX.Element {
  const [text, setText] = useState("");
  const [page, setPage] = useState<OrderPage | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [, , open] = steps.value;
  const load = (more = false): Promise<void> => api.get<OrderPage>("/api/orders", { q: text.trim(), cursor: more ? page?.next ?? null : null }).then((found) => {
    setPage(more && page ? { ...found, items: [...page.items, ...found.items] } : found);
    setError(null);
  }, (fault) => setError(errorText(fault)));
  useEffect(() => {
    const soon = setTimeout(() => void load(), page ? TYPING_MS : 0);
    return () => clearTimeout(soon);
  }, [text]);
  useTold(ofOrders, () => load());
  return (
    <>
      <div class="orders-tools"><TextField label={t("console-orders-search")} hiddenLabel placeholder={t("console-orders-search")} name="q" type="search" value={text} onValue={setText} /></div>
      {error ? <Notice tone="bad">{error}</Notice> : !page ? <Skeleton rows={6} kind="line" />
        : page.items.length === 0 ? <Empty icon="box" title={t(text.trim() ? "console-orders-not-found" : "console-orders-none")}>{text.trim() ? null : t("console-orders-none-help")}</Empty>
        : <ul class="things">{page.items.map((each) => <Row key={each.number} order={each} />)}</ul>}
      {page?.next ? <Button class="mail-more" onClick={() => void load(true)}>{t("console-orders-more")}</Button> : null}
      {open ? <Detail key={open} number={open} /> : null}
    </>
  );
}

export default function OrdersPage(): JSX.Element {
  const [, name] = steps.value;
  const refunds = name === "refunds";
  const grants = may("approve");
  return (
    <div class="page">
      <PageHead title={t("console-nav-orders")} />
      <div class="page-body orders-page">
        {grants ? (
          <nav class="tabs mail-tabs" aria-label={t("console-nav-orders")}>
            <a class="tab" href={href("/orders")} aria-current={refunds ? undefined : "true"}>{t("console-orders-all")}</a>
            <a class="tab" href={href("/orders/refunds")} aria-current={refunds ? "true" : undefined}>{t("console-orders-refunds")}<span class="tab-count tabular">{refundsWaiting.value}</span></a>
          </nav>
        ) : null}
        {!refunds ? <All /> : grants ? <Refunds /> : <NotForRole />}
      </div>
    </div>
  );
}
