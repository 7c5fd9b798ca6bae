/** How far a reply got; where it failed or nobody knows, the server's words and what a person can do about it. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Delivery, Message } from "../../../wire.ts";
import { t } from "../../data/i18n.ts";
import { decide } from "../../data/rearrange.ts";
import { Button } from "../../ui/basic.tsx";
import { Icon, type IconName } from "../../ui/icons.tsx";
import { attempt } from "../../ui/toast.tsx";

const ICONS: Record<Delivery["state"], IconName> = {
  queued: "clock", sending: "clock", sent: "check", delivered: "checks", read: "checks", failed: "alert", withdrawn: "close", uncertain: "alert",
};

export function unsettled(message: Message): boolean {
  return message.kind === "reply" && (message.delivery?.state === "failed" || message.delivery?.state === "uncertain");
}

export function Delivered({ delivery }: { delivery: Delivery }): JSX.Element {
  const bad = delivery.state === "failed" || delivery.state === "uncertain" || delivery.state === "withdrawn";
  const putOff = delivery.state === "queued" && delivery.reason !== null;
  if (putOff) return <span class="delivery delivery-queued"><Icon name="clock" size={14} /><span>{t("console-delivery-put-off", { reason: delivery.reason! })}</span></span>;
  return (
    <span class={`delivery delivery-${delivery.state}`} title={delivery.reason ?? undefined}>
      <Icon name={ICONS[delivery.state]} size={14} /><span class={bad || delivery.state === "read" ? "" : "unseen"}>{t(`console-delivery-${delivery.state}`)}</span>
      {bad && delivery.reason ? <span>: {delivery.reason}</span> : null}
    </span>
  );
}

export function Unsettled({ message }: { message: Message }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const { state, reason } = message.delivery!;
  const run = (decision: "again" | "arrived") => (): void => {
    setBusy(true);
    void attempt(() => decide(message.id, decision), t(`console-delivery-${decision}-done`)).then(() => setBusy(false));
  };
  return (
    <div class={`unsettled unsettled-${state}`} role="group" aria-label={t(`console-delivery-${state}`)}>
      <p><Icon name="alert" size={16} /><span><strong>{t(state === "failed" ? "console-delivery-failed" : "console-delivery-unknown")}</strong>{reason ? <q dir="auto">{reason}</q> : null}</span></p>
      <div class="unsettled-deeds"><Button size="small" icon="refresh" busy={busy} onClick={run("again")}>{t("console-send-again")}</Button><Button size="small" look="quiet" icon="check" disabled={busy} onClick={run("arrived")}>{t("console-delivery-arrived")}</Button></div>
    </div>
  );
}
