/** Draws the parts of a message. Text is text: it becomes text nodes, whatever it looks like. */
import type { ComponentChildren, JSX } from "preact";
import { humanSize } from "../model/attachments";
import type { Article, Media, Message, Part } from "../model/protocol";
import type { Pressed } from "../model/rows";
import type { Scene } from "./scene";
import { Icon } from "./icons";

const ADDRESS = /(https?:\/\/[^\s<>"'，。；！？）】]*[^\s<>"'，。；！？）】.,;:!?)\]])/;

/** Web addresses become links; everything else stays as it was written. */
function linked(text: string): ComponentChildren[] {
  return text.split(ADDRESS).map((piece, i) =>
    i % 2 ? (
      <a href={piece} target="_blank" rel="noopener noreferrer nofollow">
        {piece}
      </a>
    ) : (
      piece
    ),
  );
}

/** An address on our server or the web; anything else (`javascript:`) is no address. */
export function safeAddress(url: string, server: string): string | undefined {
  try {
    const address = new URL(url, server);
    return ["http:", "https:", "blob:"].includes(address.protocol) ? address.href : undefined;
  } catch {
    return undefined;
  }
}

function Attachment({ media, scene }: { media: Media; scene: Scene }): JSX.Element {
  const href = safeAddress(media.url, scene.server);
  const size = humanSize(media.size, scene.locale);
  if (media.type === "image") {
    return (
      <a
        class="image"
        href={href}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={scene.say("image", { name: media.name })}
      >
        <img src={href} alt={media.name} loading="lazy" />
      </a>
    );
  }
  return (
    <a
      class="file"
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={scene.say("file", { name: media.name, size })}
    >
      <Icon name="file" />
      <span class="grow">
        <b>{media.name}</b>
        <small>{size}</small>
      </span>
    </a>
  );
}

function Card({ article, scene }: { article: Article; scene: Scene }): JSX.Element {
  const href = article.url === null ? undefined : safeAddress(article.url, scene.server);
  return (
    <article class="card">
      <h2 dir="auto">{article.title}</h2>
      {article.excerpt && <p dir="auto">{article.excerpt}</p>}
      {href && (
        <a href={href} target="_blank" rel="noopener noreferrer">
          {scene.say("read-article")}
        </a>
      )}
    </article>
  );
}

type Shown = { message: Message; buttons: Pressed; scene: Scene };

function Shape({ part, message, buttons, scene }: Shown & { part: Part }): JSX.Element | null {
  switch (part.type) {
    case "text":
      return (
        <p class="bubble" dir="auto">
          {linked(part.text)}
        </p>
      );
    case "choice":
      return (
        <p class="bubble" dir="auto">
          {part.label}
        </p>
      );
    case "image":
    case "file":
      return <Attachment media={part} scene={scene} />;
    case "article":
      return <Card article={part} scene={scene} />;
    case "buttons":
      return (
        <div class="buttons" role="group">
          {part.options.map(({ id, label }) => (
            <button
              type="button"
              key={id}
              disabled={!buttons.open}
              aria-pressed={buttons.option === id}
              onClick={() => scene.press(message.id, id, label)}
            >
              {label}
            </button>
          ))}
        </div>
      );
    default:
      return null;
  }
}

export function Parts(shown: Shown): JSX.Element {
  return (
    <>
      {shown.message.parts.map((part, i) => (
        <Shape key={i} part={part} {...shown} />
      ))}
    </>
  );
}
