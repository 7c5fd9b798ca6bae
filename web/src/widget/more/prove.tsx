/** Proves that an address is the visitor's: a code goes there and is typed here, so that their other channels belong to them. */
import type { JSX, TargetedSubmitEvent } from "preact";
import { Icon } from "../view/icons";
import { safeAddress } from "../view/parts";
import type { Scene } from "../view/scene";
import type { Rest } from "./rest";

type Props = { scene: Scene; rest: Rest };

const entered = (event: TargetedSubmitEvent<HTMLFormElement>, name: string): string => {
  event.preventDefault();
  return String(new FormData(event.currentTarget).get(name)).trim();
};

function Problem({ scene, rest }: Props): JSX.Element {
  const { problem } = rest.known;
  const key = `prove-${(problem ?? "").replaceAll("_", "-")}`;
  const words = problem && scene.say(key);
  return (
    <p role="alert" class="problem">
      {words === key ? scene.say("prove-other") : words}
    </p>
  );
}

function AskMail({ scene, rest }: Props): JSX.Element {
  const { say } = scene;
  return (
    <form class="form" onSubmit={(event) => rest.prove("email", entered(event, "email"))}>
      <label class="field">
        <span>{say("email")}</span>
        <input type="email" name="email" dir="ltr" required maxLength={320} autocomplete="email" />
      </label>
      <button type="submit" class="main">
        {say("send-code")}
      </button>
    </form>
  );
}

function AskCode({ scene, rest }: Props): JSX.Element {
  const { say, server } = scene;
  const { proof } = rest.known;
  const link = proof?.link ? safeAddress(proof.link, server) : undefined;
  return (
    <form class="form" onSubmit={(event) => rest.code(entered(event, "code"))}>
      <p>{say(link ? "code-there" : "code-sent")}</p>
      {link && (
        <a class="main" href={link} target="_blank" rel="noopener noreferrer">
          {say("open-telegram")}
        </a>
      )}
      <label class="field">
        <span>{say("code")}</span>
        <input
          name="code"
          class="code"
          dir="ltr"
          inputMode="numeric"
          autocomplete="one-time-code"
          required
          maxLength={20}
        />
      </label>
      <button type="submit" class="main">
        {say("confirm")}
      </button>
      <button type="button" class="plain" onClick={() => rest.set({ proof: null, problem: null })}>
        {say("start-over")}
      </button>
    </form>
  );
}

export function Prove({ scene, rest }: Props): JSX.Element {
  const { say, state } = scene;
  const { proof, proven } = rest.known;
  const kinds = state.inbox?.offers?.prove ?? [];
  if (proven) {
    return (
      <p class="known" role="status">
        <Icon name="tick" />
        {say("proven", { address: proven.address })}
      </p>
    );
  }
  return (
    <>
      <p class="quiet">{say("prove-lead")}</p>
      {proof ? (
        <AskCode scene={scene} rest={rest} />
      ) : (
        <>
          {kinds.includes("email") && <AskMail scene={scene} rest={rest} />}
          {kinds.includes("telegram") && (
            <button type="button" class="plain" onClick={() => rest.prove("telegram", null)}>
              {say("with-telegram")}
            </button>
          )}
        </>
      )}
      <Problem scene={scene} rest={rest} />
    </>
  );
}
