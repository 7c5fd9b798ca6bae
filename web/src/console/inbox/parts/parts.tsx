/** The parts of a message: text as it is, links made safe, files, choices, articles, places, cards, quotes. */
import type { JSX } from "preact";
import type { Message, Part } from "../../../wire.ts";
import { t } from "../../data/i18n.ts";
import { href } from "../../data/router.ts";
import { Icon } from "../../ui/icons.tsx";
import { Folded } from "../mail/folded.tsx";
import { Card } from "./card.tsx";
import { Album, FileView, Image } from "./files.tsx";
import { inAlbums } from "./albums.ts";
import { Place } from "./place.tsx";
import { Quoted } from "./quoted.tsx";

const LINK = /(https?:\/\/[^\s<>"'）】」]+[^\s<>"'.,;:!?)\]）】」。，；：！？])/gu;

/** Text stays text; only web addresses become links, and they lead out in a new window. */
function Text({ text, language }: { text: string; language: string }): JSX.Element {
  return (
    <p class="part-text" lang={language} dir="auto">
      {text.split(LINK).map((piece, at) => (at % 2 ? <a key={at} href={piece} target="_blank" rel="noopener noreferrer nofollow">{piece}</a> : piece))}
    </p>
  );
}

function PartView({ part, language }: { part: Part; language: string }): JSX.Element | null {
  switch (part.type) {
    case "text":
      return <Text text={part.text} language={language} />;
    case "image":
      return <Image part={part} />;
    case "file":
      return <FileView part={part} />;
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
    case "quoted":
      return <Quoted part={part} language={language} />;
    case "location":
      return <Place part={part} language={language} />;
    case "contact":
      return <Card part={part} />;
    default: {
      // A part that a newer server sends: show its words, if it has any.
      const words = (part as { label?: string; text?: string }).label ?? (part as { text?: string }).text;
      return words ? <Text text={words} language={language} /> : null;
    }
  }
}

/** Parts of any message or version of one. */
export function PartList({ parts, language }: { parts: readonly Part[]; language: string }): JSX.Element {
  return <>{inAlbums(parts).map((each, at) => (Array.isArray(each) ? <Album key={at} parts={each} /> : <PartView key={at} part={each} language={language} />))}</>;
}

/** `files`: only what was attached, where the words are shown in another way. */
export function Parts({ message, language, only }: { message: Message; language: string; only?: "files" }): JSX.Element {
  const shown = only ? message.parts.filter((part) => part.type === "file" || part.type === "image") : message.parts;
  return <PartList parts={shown} language={language} />;
}
