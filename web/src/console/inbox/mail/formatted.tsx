/** A mail as its sender formatted it, in a frame without scripts and without our origin; images from elsewhere only when asked for. */
import type { JSX } from "preact";
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import type { FormattedPart, Message } from "../../../wire.ts";
import { t } from "../../data/i18n.ts";
import { keep, kept } from "../../data/keep.ts";
import { Button } from "../../ui/basic.tsx";
import { Icon } from "../../ui/icons.tsx";

/** How this person likes to read mail; each message may still be shown the other way. */
const liking = signal<View>(kept("mail-view") === "formatted" ? "formatted" : "plain");
export type View = "plain" | "formatted";

export function formattedOf(message: Message): FormattedPart | null {
  return message.parts.find((part) => part.type === "formatted") ?? null;
}

/** Links may open a window of their own; nothing else is allowed to the sender's page. */
const ALLOWED = "allow-popups allow-popups-to-escape-sandbox";

export function withImages(url: string): string {
  return `${url}${url.includes("?") ? "&" : "?"}images=1`;
}

export function useView(part: FormattedPart | null): [View, (view: View) => void] {
  const [own, setOwn] = useState<View | null>(null);
  const choose = (view: View): void => {
    setOwn(view);
    liking.value = view;
    keep("mail-view", view === "plain" ? null : view);
  };
  return [part ? own ?? liking.value : "plain", choose];
}

export function ViewSwitch({ view, onView }: { view: View; onView: (view: View) => void }): JSX.Element {
  return (
    <div class="switch" role="group" aria-label={t("console-mail-view")}>
      {(["plain", "formatted"] as const).map((each) => <button key={each} type="button" class="switch-side" aria-pressed={view === each} onClick={() => onView(each)}>{t(`console-mail-view-${each}`)}</button>)}
    </div>
  );
}

export function FormattedView({ part, subject }: { part: FormattedPart; subject: string }): JSX.Element {
  const [images, setImages] = useState(false);
  return (
    <div class="formatted">
      {part.remote_images > 0 && !images ? (
        <p class="formatted-images"><Icon name="eye" size={15} /><span>{t("console-mail-images-help")}</span><Button size="small" onClick={() => setImages(true)}>{t("console-mail-images", { count: part.remote_images })}</Button></p>
      ) : null}
      <div class="formatted-frame">
        <iframe key={String(images)} src={images ? withImages(part.url) : part.url} sandbox={ALLOWED} referrerpolicy="no-referrer" loading="lazy" title={t("console-mail-frame", { subject })} />
      </div>
    </div>
  );
}
