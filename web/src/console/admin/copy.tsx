/** Something to copy as it stands: a line for a site, an address, a secret that is shown once. */
import type { JSX } from "preact";
import { t } from "../data/i18n.ts";
import { Button } from "../ui/basic.tsx";
import { attempt } from "../ui/toast.tsx";

export function Copy({ text, label }: { text: string; label: string }): JSX.Element {
  return (
    <div class="copy">
      <code tabIndex={0} aria-label={label}>{text}</code>
      <Button size="small" icon="copy" onClick={() => void attempt(() => navigator.clipboard.writeText(text), t("console-copied"))}>{t("console-copy")}</Button>
    </div>
  );
}
