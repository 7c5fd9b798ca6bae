/** Whether a mail comes from who it says, as a badge with an explanation in plain words. */
import type { JSX } from "preact";
import type { Envelope } from "../../../wire.ts";
import { t } from "../../data/i18n.ts";
import type { Tone } from "../../ui/basic.tsx";
import { Icon, type IconName } from "../../ui/icons.tsx";
import { Popover } from "../../ui/popover.tsx";

const LOOKS: Record<Envelope["proof"], { tone: Tone; icon: IconName; word: string }> = {
  authenticated: { tone: "good", icon: "shield", word: "proven" },
  reply_address: { tone: "good", icon: "shield", word: "proven" },
  none: { tone: "neutral", icon: "question", word: "unproven" },
  failed: { tone: "bad", icon: "alert", word: "failed" },
};

export function ProofBadge({ envelope }: { envelope: Envelope }): JSX.Element {
  const { tone, icon, word } = LOOKS[envelope.proof] ?? LOOKS.none;
  const name = t(`console-proof-${word}`);
  return (
    <Popover class={`chip chip-${tone}`} label={t("console-proof-label", { proof: name })} title={name} button={<><Icon name={icon} size={13} />{name}</>}>
      <p>{t(`console-proof-${envelope.proof.replaceAll("_", "-")}-help`, { address: envelope.sender.address })}</p>
    </Popover>
  );
}
