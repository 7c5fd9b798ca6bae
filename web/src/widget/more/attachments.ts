/** Files on their way: checked, sent with progress, and handed to the message once they are all there. */
import type { Client } from "../client";
import type { Draft } from "../model/attachments";
import { refusal } from "../model/attachments";
import type { Upload } from "../model/outbox";
import type { Store } from "../state";
import { upload } from "./uploads";
import type { UploadJob } from "./uploads";

export class Attachments {
  private readonly files = new Map<number, { file: File; job?: UploadJob; done?: Upload }>();
  private last = 0;

  constructor(
    private readonly client: Client,
    private readonly store: Store,
  ) {}

  add(files: Iterable<File>): void {
    for (const file of files) {
      const { drafts, limits } = this.store.state;
      const error = refusal(file.size, drafts.filter((draft) => draft.error === null).length, limits);
      const draft: Draft = {
        id: (this.last += 1),
        name: file.name,
        size: file.size,
        progress: 0,
        uploaded: false,
        error,
        fatal: error !== null,
      };
      this.files.set(draft.id, { file });
      this.store.set({ drafts: [...drafts, draft] });
      if (!error) this.send(draft.id);
    }
  }

  /** Also after an error: the same file once more. */
  send(id: number): void {
    const entry = this.files.get(id);
    if (!entry) return;
    this.change(id, { error: null, progress: 0 });
    entry.job = upload(`${this.client.address}/uploads`, this.client.session ?? "", entry.file, (progress) =>
      this.change(id, { progress }),
    );
    entry.job.done.then(
      (done) => {
        entry.done = done;
        this.change(id, { progress: 1, uploaded: true });
      },
      (error: Error) => this.change(id, { error: error.message, fatal: !["network", "rate"].includes(error.message) }),
    );
  }

  remove(id: number): void {
    this.files.get(id)?.job?.cancel();
    this.files.delete(id);
    this.store.set({ drafts: this.store.state.drafts.filter((draft) => draft.id !== id) });
  }

  /** What is there, for the message that is being sent; what could still be sent stays. */
  take(): Upload[] {
    const taken = [...this.files.values()].flatMap((entry) => entry.done ?? []);
    const { drafts } = this.store.state;
    for (const draft of drafts) if (draft.uploaded || draft.fatal) this.remove(draft.id);
    return taken;
  }

  private change(id: number, change: Partial<Draft>): void {
    const { drafts } = this.store.state;
    this.store.set({ drafts: drafts.map((draft) => (draft.id === id ? { ...draft, ...change } : draft)) });
  }
}
