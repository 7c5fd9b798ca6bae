/** Articles that may answer what is being typed, above the field. */
import type { JSX } from "preact";
import { Icon } from "../view/icons";
import { safeAddress } from "../view/parts";
import type { Scene } from "../view/scene";
import type { Rest } from "./rest";

export function Suggestions({ scene, rest }: { scene: Scene; rest: Rest }): JSX.Element {
  const { say, server } = scene;
  const { suggestions } = rest.known;
  return (
    <div class="suggestions">
      <p class="hidden" role="status">
        {suggestions.length > 0 && say("suggested", { count: suggestions.length })}
      </p>
      {suggestions.length > 0 && (
        <ul class="list" aria-label={say("may-help")}>
          {suggestions.map(({ article, title, excerpt, url }) => {
            const href = url ? safeAddress(url, server) : undefined;
            const words = (
              <>
                <Icon name="file" />
                <span class="grow">
                  <b dir="auto">{title}</b>
                  <small dir="auto">{excerpt}</small>
                </span>
              </>
            );
            return (
              <li key={article}>
                {href ? (
                  <a href={href} target="_blank" rel="noopener noreferrer">
                    {words}
                  </a>
                ) : (
                  <div>{words}</div>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
