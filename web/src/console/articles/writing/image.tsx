/** Images on their way into a text: uploaded one after the other, each asks what it shows. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ArticleImage } from "../../../wire.ts";
import { api } from "../../data/api.ts";
import { t } from "../../data/i18n.ts";
import { Button } from "../../ui/basic.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { errorText, TextField } from "../../ui/form.tsx";
import { say } from "../../ui/toast.tsx";
import { bracketed } from "./markup.ts";

export interface Images { busy: boolean; asked: ArticleImage | null; add: (files: Iterable<File>) => void; next: () => void }

export function imagesIn(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter((file) => file.type.startsWith("image/"));
}

export function useImages(): Images {
  const [waiting, setWaiting] = useState(0);
  const [ready, setReady] = useState<ArticleImage[]>([]);
  const add = (files: Iterable<File>): void => {
    for (const file of files) {
      setWaiting((count) => count + 1);
      api.image<ArticleImage>(file)
        .then((image) => setReady((all) => [...all, image]), (error: unknown) => say(`${file.name}: ${errorText(error)}`, "bad"))
        .finally(() => setWaiting((count) => count - 1));
    }
  };
  return { busy: waiting > 0, asked: ready[0] ?? null, add, next: () => setReady((all) => all.slice(1)) };
}

/** Before it is put in: who does not see it reads these words, and search finds them. */
export function ImageDialog({ image, onInsert, onClose }: { image: ArticleImage; onInsert: (markdown: string) => void; onClose: () => void }): JSX.Element {
  const [alt, setAlt] = useState("");
  const insert = (event: Event): void => {
    event.preventDefault();
    onInsert(`![${bracketed(alt.trim())}](${image.markdown})`);
  };
  return (
    <Dialog title={t("console-writing-image")} onClose={onClose}>
      <form class="form" onSubmit={insert}>
        <img class="image-asked" src={image.url} alt="" width={image.width} height={image.height} />
        <TextField label={t("console-writing-alt")} name="alt" value={alt} onValue={setAlt} help={t("console-writing-alt-help")} autofocus />
        <footer class="dialog-foot"><Button onClick={onClose}>{t("console-cancel")}</Button><Button type="submit" look="primary">{t("console-writing-put-in")}</Button></footer>
      </form>
    </Dialog>
  );
}
