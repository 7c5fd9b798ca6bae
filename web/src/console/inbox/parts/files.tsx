/** Files in a message: pictures shown, voices and films played, everything else to be saved. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Attached } from "../../../wire.ts";
import { bytes } from "../../data/format.ts";
import { locale, t } from "../../data/i18n.ts";
import { IconButton } from "../../ui/basic.tsx";
import { Icon } from "../../ui/icons.tsx";

/** Telegram's stickers come as small pictures under this name. */
const STICKER = /^sticker\b.*\.webp$/iu;

export function isSticker(part: Attached): boolean {
  return part.media_type === "image/webp" && STICKER.test(part.name);
}

export function Image({ part }: { part: Attached }): JSX.Element {
  const [broken, setBroken] = useState(false);
  if (broken) return <File part={part} />;
  const picture = <img src={part.url} alt={isSticker(part) ? t("console-sticker") : part.name} loading="lazy" onError={() => setBroken(true)} />;
  return isSticker(part) ? <span class="part-sticker">{picture}</span> : <a class="part-image" href={part.url} target="_blank" rel="noopener">{picture}</a>;
}

/** Several pictures of one message side by side, as they were sent. */
export function Album({ parts }: { parts: readonly Attached[] }): JSX.Element {
  return <div class={`part-album ${parts.length > 4 ? "part-album-many" : ""}`}>{parts.map((part) => <Image key={part.url} part={part} />)}</div>;
}

export function File({ part }: { part: Attached }): JSX.Element {
  return (
    <a class="part-file" href={part.url} download={part.name} target="_blank" rel="noopener">
      <Icon name="file" size={19} /><span class="part-name">{part.name}</span><small>{bytes(part.size, locale())}</small>
    </a>
  );
}

/** Played in place where the browser can; else it is a file like others. */
export function Played({ part, film }: { part: Attached; film: boolean }): JSX.Element {
  const [broken, setBroken] = useState(false);
  if (broken) return <File part={part} />;
  const common = { controls: true, preload: "metadata", src: part.url, onError: () => setBroken(true) } as const;
  const save = (): void => {
    const link = Object.assign(document.createElement("a"), { href: part.url, download: part.name, target: "_blank", rel: "noopener" });
    link.click();
  };
  return (
    <div class={film ? "part-film" : "part-voice"}>
      {film ? <video {...common} playsInline aria-label={part.name} /> : <audio {...common} aria-label={t("console-voice", { name: part.name })} />}
      <IconButton icon="download" size="small" label={t("console-file-save", { name: part.name, size: bytes(part.size, locale()) })} onClick={save} />
    </div>
  );
}

/** A file as it is best shown, by what its content is. */
export function FileView({ part }: { part: Attached }): JSX.Element {
  if (part.media_type.startsWith("audio/")) return <Played part={part} film={false} />;
  if (part.media_type.startsWith("video/")) return <Played part={part} film />;
  return <File part={part} />;
}
