/** One's own name and password. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Me } from "../../wire.ts";
import { api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { me, setMe } from "../data/session.ts";
import { Button, Chip } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormError, TextField, useSubmission } from "../ui/form.tsx";
import { say } from "../ui/toast.tsx";

export function ProfileDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const agent = me.value!;
  const [name, setName] = useState(agent.name);
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const submission = useSubmission();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const done = await submission.run(async () => {
      setMe(await api.put<Me>("/api/me", { name: name.trim(), ...(next ? { password: { old, new: next } } : {}) }));
    });
    if (!done) return;
    say(t("console-saved"));
    onClose();
  };
  return (
    <Dialog title={t("console-profile")} onClose={onClose}>
      <form class="form" onSubmit={(event) => void submit(event)}>
        <FormError submission={submission} fields={["name", "old", "new", "password"]} />
        <p class="profile-who">{agent.email} {agent.roles.map((role) => <Chip key={role}>{t(`console-role-${role}`)}</Chip>)}</p>
        <TextField label={t("console-name")} name="name" value={name} onValue={setName} submission={submission} required autofocus />
        <fieldset class="fieldset">
          <legend>{t("console-password-change")}</legend>
          <TextField label={t("console-password-old")} name="old" type="password" autoComplete="current-password" value={old} onValue={setOld} submission={submission} required={next !== ""} />
          <TextField label={t("console-password-new")} name="new" type="password" autoComplete="new-password" value={next} onValue={setNext} submission={submission} />
        </fieldset>
        <footer class="dialog-foot"><Button onClick={onClose}>{t("console-cancel")}</Button><Button type="submit" look="primary" busy={submission.busy}>{t("console-save")}</Button></footer>
      </form>
    </Dialog>
  );
}
