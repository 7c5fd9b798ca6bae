/** Files that wait for their message: how far each is, and what is wrong with it. */
import type { JSX } from "preact";
import { humanSize } from "../model/attachments";
import type { Draft } from "../model/attachments";
import { Icon } from "../view/icons";
import type { Scene } from "../view/scene";
import { reason } from "../view/texts";

const AGAIN = "M20 11a8 8 0 1 0-2.3 6M20 4v7h-7";

function Chip({ draft, scene }: { draft: Draft; scene: Scene }): JSX.Element {
  const { say, attachments, state, locale } = scene;
  const limits = { size: humanSize(state.limits.upload_bytes, locale), count: state.limits.uploads };
  const wrong = draft.error && say(`file-${draft.error.replaceAll("_", "-")}`, limits);
  return (
    <li class={draft.error ? "wrong" : undefined}>
      <span class="grow">
        <b>{draft.name}</b>
        {wrong ? (
          <small role="alert">{wrong.startsWith("file-") ? reason(say, draft.error ?? "") : wrong}</small>
        ) : draft.uploaded ? (
          <small>{humanSize(draft.size, locale)}</small>
        ) : (
          <progress value={draft.progress} max={1} aria-label={say("uploading", { name: draft.name })} />
        )}
      </span>
      {draft.error && !draft.fatal && (
        <button type="button" class="icon" aria-label={say("try-again")} onClick={() => attachments?.send(draft.id)}>
          <Icon path={AGAIN} />
        </button>
      )}
      <button
        type="button"
        class="icon"
        aria-label={say("remove-file", { name: draft.name })}
        onClick={() => attachments?.remove(draft.id)}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

export function Drafts({ scene }: { scene: Scene }): JSX.Element | null {
  const { say, state } = scene;
  if (!state.drafts.length) return null;
  return (
    <ul class="drafts" aria-label={say("attachments")}>
      {state.drafts.map((draft) => (
        <Chip key={draft.id} draft={draft} scene={scene} />
      ))}
    </ul>
  );
}
