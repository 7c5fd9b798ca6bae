/** The parts of a message: text as it is, links made safe, images, files, buttons, articles. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Attached, Message, Part } from "../../wire.ts";
import { bytes } from "../data/format.ts";
import { locale, t } from "../data/i18n.ts";
import { href } from "../data/router.ts";
import { Icon } from "../ui/icons.tsx";
import { Folded } from "./mail/folded.tsx";

const LINK = /(https?:\/\/[^\s<>"'）】」]+[^\s<>"'.,;:!?)\]）】」。，；：！？])/gu;

/** Text stays text; only web addresses become links, and they lead out in a new window. */
function Text({ text, language }: { text: string; language: string }): JSX.Element {
  return (
    <p class="part-text" lang={language} dir="auto">
      {text.split(LINK).map((piece, at) => (at % 2 ? <a key={at} href={piece} target="_blank" rel="noopener noreferrer nofollow">{piece}</a> : piece))}
    </p>
  );
}

function Image({ part }: { part: Attached }): JSX.Element {
  const [broken, setBroken] = useState(false);
  if (broken) return <File part={part} />;
  return <a class="part-image" href={part.url} target="_blank" rel="noopener"><img src={part.url} alt={part.name} loading="lazy" onError={() => setBroken(true)} /></a>;
}

function File({ part }: { part: Attached }): JSX.Element {
  return (
    <a class="part-file" href={part.url} download={part.name} target="_blank" rel="noopener">
      <Icon name="file" size={19} /><span class="part-name">{part.name}</span><small>{bytes(part.size, locale())}</small>
    </a>
  );
}

function PartView({ part, language }: { part: Part; language: string }): JSX.Element | null {
  switch (part.type) {
    case "text":
      return <Text text={part.text} language={language} />;
    case "image":
      return <Image part={part} />;
    case "file":
      return <File part={part} />;
    case "buttons":
      return <ul class="part-buttons" aria-label={t("console-buttons")}>{part.options.map((option) => <li key={option.id} lang={language}>{option.label}</li>)}</ul>;
    case "article":
      return (
        <a class="part-article" href={href(`/articles/${part.article}`)}>
          <Icon name="book" size={17} /><span><strong lang={language}>{part.title}</strong>{part.excerpt ? <small lang={language}>{part.excerpt}</small> : null}</span>
        </a>
      );
    case "folded":
      return <Folded part={part} language={language} />;
    case "formatted":
      return null;
    default: {
      // A part that a newer server sends: show its words, if it has any.
      const words = (part as { label?: string; text?: string }).label ?? (part as { text?: string }).text;
      return words ? <Text text={words} language={language} /> : null;
    }
  }
}

/** `files`: only what was attached, where the words are shown in another way. */
export function Parts({ message, language, only }: { message: Message; language: string; only?: "files" }): JSX.Element {
  const shown = only ? message.parts.filter((part) => part.type === "file" || part.type === "image") : message.parts;
  return <>{shown.map((part, at) => <PartView key={at} part={part} language={language} />)}</>;
}
