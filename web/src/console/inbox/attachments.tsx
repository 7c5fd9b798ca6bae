/** The files that go with the next message, with how far each got. */
import type { JSX } from "preact";
import type { Upload } from "../../wire.ts";
import { bytes } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { IconButton } from "../ui/basic.tsx";
import { Icon } from "../ui/icons.tsx";

export interface Attachment { id: number; name: string; size: number; upload: Upload | null; error: string | null }

export function Attachments({ list, onRemove }: { list: Attachment[]; onRemove: (id: number) => void }): JSX.Element | null {
  if (list.length === 0) return null;
  return (
    <ul class="attachments" aria-label={t("console-attachments")}>
      {list.map((each) => (
        <li key={each.id} class={`attachment ${each.error ? "attachment-bad" : ""}`}>
          {each.upload || each.error ? <Icon name={each.error ? "alert" : "file"} size={16} /> : <span class="spinner" role="status" aria-label={t("console-uploading")} />}
          <span class="attachment-name">{each.name}</span>
          <small role={each.error ? "alert" : undefined}>{each.error ?? bytes(each.size, locale())}</small>
          <IconButton icon="close" size="small" label={t("console-remove", { name: each.name })} onClick={() => onRemove(each.id)} />
        </li>
      ))}
    </ul>
  );
}
