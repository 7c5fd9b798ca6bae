/** What the inbox asks before a chat: a form in the place of the field, kept until the first message has taken it along. */
import type { JSX, TargetedSubmitEvent } from "preact";
import type { Details, Question } from "../model/protocol";
import type { Scene } from "../view/scene";

/** What was answered in an earlier chat is there already. */
function before(scene: Scene): Details {
  return scene.client.storage.json<Details>("answers") ?? {};
}

function Choice({ question, chosen }: { question: Question; chosen: string | undefined }): JSX.Element {
  const { key, label, required, options = [] } = question;
  return (
    <fieldset>
      <legend dir="auto">{label}</legend>
      <div class="options">
        {options.map((option) => (
          <label key={option} class="option">
            <input
              type="radio"
              name={key}
              value={option}
              required={required}
              defaultChecked={option === chosen}
              class="hidden"
            />
            <span dir="auto">{option}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Field({ question, scene }: { question: Question; scene: Scene }): JSX.Element {
  const { key, label, kind, required } = question;
  const known = before(scene)[key];
  if (kind === "choice") return <Choice question={question} chosen={known} />;
  return (
    <label class="field">
      <span>
        <span dir="auto">{label}</span>
        {!required && <small>{scene.say("optional")}</small>}
      </span>
      <input
        type={(kind === "email" ? "email" : "text") as "text"}
        name={key}
        dir={kind === "email" ? "ltr" : "auto"}
        autocomplete={kind === "email" ? "email" : "on"}
        required={required}
        maxLength={kind === "email" ? 320 : 1000}
        defaultValue={known}
      />
    </label>
  );
}

export function Questions({ scene }: { scene: Scene }): JSX.Element {
  const { say, client, state } = scene;
  const begin = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const answers = [...new FormData(form)].flatMap(([key, value]) =>
      typeof value === "string" && value.trim() ? [[key, value.trim()] as const] : [],
    );
    const details = Object.fromEntries(answers);
    client.storage.set("answers", JSON.stringify(details));
    client.answer(details);
    const root = form.getRootNode() as ShadowRoot;
    setTimeout(() => root.querySelector("textarea")?.focus());
  };
  return (
    <form class="form questions" onSubmit={begin} aria-label={say("before")}>
      <p class="quiet">{say("before")}</p>
      {state.inbox?.questions?.map((question) => (
        <Field key={question.key} question={question} scene={scene} />
      ))}
      <button type="submit" class="main">
        {say("start")}
      </button>
    </form>
  );
}
