/** Inviting somebody: the answer is a link to hand to them. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Invited, Role } from "../../wire.ts";
import { api } from "../data/api.ts";
import { t } from "../data/i18n.ts";
import { agents } from "../data/resource.ts";
import { Button, Notice } from "../ui/basic.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FormError, TextField, useSubmission } from "../ui/form.tsx";
import { Copy } from "./copy.tsx";
import { Roles } from "./roles.tsx";

export function InviteDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [roles, setRoles] = useState<Role[]>(["agent"]);
  const [link, setLink] = useState<string | null>(null);
  const submission = useSubmission();
  const submit = (event: Event): void => {
    event.preventDefault();
    void submission.run(async () => {
      setLink((await api.post<Invited>("/api/agents", { email: email.trim(), name: name.trim(), roles })).link);
      await agents.load();
    });
  };
  return (
    <Dialog title={t("console-invite")} onClose={onClose}>
      {link ? (
        <div class="form">
          <Notice tone="good">{t("console-invited", { name: name || email })}</Notice>
          <Copy text={link} label={t("console-invite-link")} />
          <footer class="dialog-foot"><Button look="primary" onClick={onClose}>{t("console-done")}</Button></footer>
        </div>
      ) : (
        <form class="form" onSubmit={submit}>
          <FormError submission={submission} fields={["email", "name", "roles"]} />
          <TextField label={t("console-email")} name="email" type="email" value={email} onValue={setEmail} submission={submission} required autofocus />
          <TextField label={t("console-name")} name="name" value={name} onValue={setName} submission={submission} required />
          <Roles value={roles} onValue={setRoles} submission={submission} />
          <footer class="dialog-foot"><Button onClick={onClose}>{t("console-cancel")}</Button><Button type="submit" look="primary" disabled={roles.length === 0} busy={submission.busy}>{t("console-invite-make")}</Button></footer>
        </form>
      )}
    </Dialog>
  );
}
