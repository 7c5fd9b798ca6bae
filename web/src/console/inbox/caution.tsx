/** Why an article is not for the customer of a conversation: a mark on it, and a question before it goes to them. */
import type { JSX } from "preact";
import type { Found } from "../../wire.ts";
import { t } from "../data/i18n.ts";
import { Button, Chip, Notice } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { cautioned } from "./articles.ts";

const name = (caution: NonNullable<Found["caution"]>): string => caution.replace("_", "-");

export function CautionChip({ caution }: { caution: Found["caution"] }): JSX.Element | null {
  return caution ? <Chip tone="warn" icon="lock">{t(`console-caution-${name(caution)}`)}</Chip> : null;
}

export function CautionDialog(): JSX.Element | null {
  const asked = cautioned.value;
  if (!asked?.article.caution) return null;
  return (
    <Dialog title={t("console-caution-title")} onClose={() => asked.decide(false)}>
      <p><strong lang={asked.article.language}>{asked.article.title}</strong></p>
      <Notice tone="warn">{t(`console-caution-${name(asked.article.caution)}-help`)}</Notice>
      <footer class="dialog-foot">
        <Button onClick={() => asked.decide(true)}>{t("console-caution-insert")}</Button>
        <Button look="primary" data-autofocus onClick={() => asked.decide(false)}>{t("console-cancel")}</Button>
      </footer>
    </Dialog>
  );
}
