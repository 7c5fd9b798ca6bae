/** Refunds that wait for somebody who may grant them, and what was decided. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Decided, OrderRequestState, RequestPage, WaitingRequest } from "../../wire.ts";
import { api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { money } from "../data/orders.ts";
import { href } from "../data/router.ts";
import { ofOrders, useTold } from "../data/told.ts";
import { inboxHref } from "../inbox/where.ts";
import { Button, Empty, Notice, Skeleton } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormError, SelectField, TextField, errorText, useSubmission } from "../ui/form.tsx";
import { Time } from "../ui/time.tsx";
import { say } from "../ui/toast.tsx";
import { OrderChip, RequestChip } from "./state.tsx";

const STATES: readonly OrderRequestState[] = ["waiting", "accepted", "declined"];
type Verdict = "accept" | "decline";

function VerdictDialog({ item, verdict, onClose, onDone }: { item: WaitingRequest; verdict: Verdict; onClose: () => void; onDone: () => void }): JSX.Element {
  const [reason, setReason] = useState("");
  const submission = useSubmission();
  const { request, order } = item;
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    let told = false;
    if (!(await submission.run(async () => { told = (await api.post<Decided>(`/api/order-requests/${request.id}/${verdict}`, { reason })).told; }))) return;
    say(t(`console-refund-${verdict}-done${told ? "-told" : ""}`));
    onDone();
  };
  return (
    <Dialog title={t(`console-refund-${verdict}-title`, { amount: money(request.amount ?? 0, order.currency), number: order.number })} onClose={onClose}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <FormError submission={submission} fields={["reason"]} />
        <p>{t(request.conversation ? "console-refund-told" : "console-refund-untold")}</p>
        <TextField label={t(`console-refund-${verdict}-reason`)} name="reason" lines={3} value={reason} onValue={setReason} submission={submission} required={verdict === "decline"} autofocus />
        <footer class="dialog-foot"><Button onClick={onClose}>{t("console-cancel")}</Button>
          <Button type="submit" look={verdict === "accept" ? "primary" : "danger"} busy={submission.busy} disabled={verdict === "decline" && !reason.trim()}>{t(`console-refund-${verdict}`)}</Button></footer>
      </form>
    </Dialog>
  );
}

function Line({ item, onVerdict }: { item: WaitingRequest; onVerdict: (verdict: Verdict) => void }): JSX.Element {
  const { request, order, hindrance } = item;
  return (
    <li class="refund">
      <div class="refund-head"><strong class="tabular refund-amount">{money(request.amount ?? 0, order.currency)}</strong>
        <a class="tabular" href={href(`/orders/all/${order.number}`)}>{order.number}</a><OrderChip state={order.state} />{request.state === "waiting" ? null : <RequestChip state={request.state} />}
        <small class="refund-of">{t("console-refund-of", { total: money(order.total, order.currency) })}</small></div>
      {request.reason ? <p class="refund-reason" dir="auto">{request.reason}</p> : null}
      <p class="refund-about">{order.customer ? <bdi>{order.customer}</bdi> : null}
        <span>{request.asked_by === null ? t("console-order-by-customer") : t("console-order-by-agent", { name: request.asked_by })}</span><Time at={request.asked_at} />
        {request.conversation ? <a href={inboxHref({ list: "all", status: "any", id: request.conversation })}>{t("console-flag-conversation")}</a> : null}
        {request.decided_by ? <span>{t(`console-order-decided-${request.state}`, { name: request.decided_by })}</span> : null}</p>
      {request.decision ? <p class="refund-reason" dir="auto">{request.decision}</p> : null}
      {request.state === "waiting" ? (
        <div class="order-acts">
          <Button look="primary" size="small" icon="check" disabled={hindrance !== null} onClick={() => onVerdict("accept")}>{t("console-refund-accept")}<span class="unseen">: {order.number}</span></Button>
          <Button size="small" icon="close" onClick={() => onVerdict("decline")}>{t("console-refund-decline")}<span class="unseen">: {order.number}</span></Button>
          {hindrance ? <span class="order-why">{t(`console-refund-hindrance-${hindrance.replaceAll("_", "-")}`)}</span> : null}
        </div>
      ) : null}
    </li>
  );
}

export function Refunds(): JSX.Element {
  const [state, setState] = useState<OrderRequestState>("waiting");
  const [page, setPage] = useState<RequestPage | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [open, setOpen] = useState<{ item: WaitingRequest; verdict: Verdict } | null>(null);
  const load = (more = false): Promise<void> => api.get<RequestPage>("/api/order-requests", { state, cursor: more ? page?.next ?? null : null }).then((found) => {
    setPage(more && page ? { ...found, items: [...page.items, ...found.items] } : found);
    setError(null);
  }, (fault) => setError(errorText(fault)));
  useEffect(() => { setPage(null); void load(); }, [state]);
  useTold(ofOrders, () => load());
  return (
    <>
      <p class="admin-lead">{t("console-refunds-lead")}</p>
      <div class="orders-tools"><SelectField label={t("console-refunds-state")} hiddenLabel name="state" value={state} onValue={(value) => setState(value as OrderRequestState)} options={STATES.map((value) => ({ value, text: t(`console-order-request-${value}`) }))} /></div>
      {error ? <Notice tone="bad">{error}</Notice> : !page ? <Skeleton rows={3} kind="line" />
        : page.items.length === 0 ? <Empty icon="check" title={t(state === "waiting" ? "console-refunds-none" : "console-refunds-none-such")} />
        : <ul class="things refunds">{page.items.map((item) => <Line key={item.request.id} item={item} onVerdict={(verdict) => setOpen({ item, verdict })} />)}</ul>}
      {page?.next ? <Button class="mail-more" onClick={() => void load(true)}>{t("console-orders-more")}</Button> : null}
      {open ? <VerdictDialog {...open} onClose={() => setOpen(null)} onDone={() => { setOpen(null); void load(); }} /> : null}
    </>
  );
}
