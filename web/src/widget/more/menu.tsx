/** What else there is: earlier conversations, proving who one is, and the languages of the inbox. */
import type { JSX } from "preact";
import type { Scene } from "../view/scene";
import { Icon } from "../view/icons";
import type { Rest } from "./rest";

const SHIELD =
  "M12 3l7.5 2.8v5.4c0 4.6-3.10 8.1-7.50 9.8-4.4-1.7-7.5-5.2-7.5-9.8V5.800zM8.50 12l2.50 2.50 4.5-5";

function own(tag: string): string {
  try {
    return new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

function Languages({ scene }: { scene: Scene }): JSX.Element | null {
  const { say, state, client } = scene;
  const languages = state.inbox?.languages ?? [];
  if (languages.length < 2) return null;
  return (
    <fieldset class="languages">
      <legend>{say("language")}</legend>
      <div class="options">
        {languages.map((tag) => (
          <button
            type="button"
            key={tag}
            lang={tag}
            class="choice"
            aria-pressed={state.texts.language === tag}
            onClick={() => void client.speak(tag).then(() => client.show("chat"))}
          >
            {own(tag)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

export function Menu({ scene, rest }: { scene: Scene; rest: Rest }): JSX.Element {
  const { say, state, client } = scene;
  const open = (view: "history" | "prove"): void => {
    client.show(view);
    if (view === "history") void rest.recall();
  };
  return (
    <>
      {state.user?.name && (
        <p class="known">
          <Icon name="tick" />
          {say("signed-in", { name: state.user.name })}
        </p>
      )}
      <ul class="list">
        <li>
          <button type="button" onClick={() => open("history")}>
            <Icon name="wait" />
            <b class="grow">{say("history")}</b>
            <Icon name="back" />
          </button>
        </li>
        {state.inbox?.offers?.prove?.length ? (
          <li>
            <button type="button" onClick={() => open("prove")}>
              <Icon path={SHIELD} />
              <b class="grow">{say("prove")}</b>
              <Icon name="back" />
            </button>
          </li>
        ) : null}
      </ul>
      <Languages scene={scene} />
    </>
  );
}
