/** Asks once more before something is done with an order, and for what it needs: an address, a reason, an amount. */
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Order, WishAnswer } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { type Act, carryOut, money, plainMoney, readMoney } from "../data/orders.ts";
import { Button, Notice } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormError, TextField, useSubmission } from "../ui/form.tsx";
import { say } from "../ui/toast.tsx";

interface Props { order: Order; act: Act; conversation: string | null; onClose: () => void; onDone: (order: Order) => void }

export function WishDialog({ order, act, conversation, onClose, onDone }: Props): JSX.Element {
  const submission = useSubmission();
  // One key for as long as the dialog is open: sending it again after a lost answer does nothing twice.
  const key = useMemo(() => Array.from(crypto.getRandomValues(new Uint8Array(16)), (each) => each.toString(16).padStart(2, "0")).join(""), []);
  const [address, setAddress] = useState(order.address);
  const [reason, setReason] = useState("");
  const [amount, setAmount] = useState(plainMoney(order.refundable, order.currency));
  const [refused, setRefused] = useState<string | null>(null);
  const wanted = readMoney(amount, order.currency);
  const wrong = act === "refund" && (wanted === null || wanted < 1 || wanted > order.refundable);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setRefused(null);
    let answer: WishAnswer | null = null;
    const asked = { key, conversation, ...(act === "address" ? { address } : act === "cancel" ? {} : { reason }), ...(act === "refund" ? { amount: wanted } : {}) };
    if (!(await submission.run(async () => { answer = await carryOut(order.number, act, asked); }))) return;
    const { result, refusal, order: after } = answer as unknown as WishAnswer;
    if (after) onDone(after);
    if (result === "refused") return setRefused(refusal);
    say(t(result === "awaits" ? "console-order-awaits" : `console-order-done-${act}`, { number: order.number }));
    onClose();
  };
  return (
    <Dialog title={t(`console-order-title-${act}`, { number: order.number })} onClose={onClose}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <FormError submission={submission} fields={["address", "reason", "amount"]} />
        {refused ? <Notice tone="warn">{t(`console-order-refusal-${refused.replaceAll("_", "-")}`)}</Notice> : null}
        <p>{t(`console-order-help-${act}`)}</p>
        {act === "address" ? <TextField label={t("console-order-address")} name="address" lines={4} value={address} onValue={setAddress} submission={submission} required autofocus /> : null}
        {act === "refund" ? (
          <TextField label={t("console-order-amount", { currency: order.currency })} name="amount" value={amount} onValue={setAmount} submission={submission} required
            help={t(wrong ? "console-order-amount-wrong" : "console-order-amount-most", { most: money(order.refundable, order.currency) })} />
        ) : null}
        {act === "return" || act === "refund" ? <TextField label={t("console-order-reason")} name="reason" lines={3} value={reason} onValue={setReason} submission={submission} autofocus /> : null}
        <footer class="dialog-foot"><Button onClick={onClose}>{t(act === "cancel" ? "console-order-keep" : "console-cancel")}</Button>
          <Button type="submit" look={act === "cancel" ? "danger" : "primary"} busy={submission.busy} disabled={wrong}>{t(`console-order-do-${act}`)}</Button></footer>
      </form>
    </Dialog>
  );
}
