/** Somebody's visiting card that the customer passed on; it proves nothing. */
import type { JSX } from "preact";
import type { ContactPart } from "../../../wire.ts";
import { t } from "../../data/i18n.ts";
import { IconButton } from "../../ui/basic.tsx";
import { Icon } from "../../ui/icons.tsx";
import { attempt } from "../../ui/toast.tsx";

export function Card({ part }: { part: ContactPart }): JSX.Element {
  const { name, phone } = part;
  return (
    <div class="part-card">
      <span class="part-mark"><Icon name="person" size={20} /></span>
      <span class="part-lines">
        <small>{t("console-card")}</small><strong dir="auto">{name}</strong>
        {phone ? <a class="tabular" dir="ltr" href={`tel:${phone.replace(/[^+0-9*#]/gu, "")}`}>{phone}</a> : null}
      </span>
      {phone ? <IconButton icon="copy" size="small" label={t("console-card-copy")} onClick={() => void attempt(() => navigator.clipboard.writeText(phone), t("console-copied"))} /> : null}
    </div>
  );
}
