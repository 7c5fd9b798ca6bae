/** Keeps what somebody types: at once in this browser, seconds later on the server, and brings back what was left. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Copies, OtherCopy } from "../../../wire.ts";
import { ApiError, api } from "../../data/api.ts";
import { keep, kept } from "../../data/keep.ts";
import { me } from "../../data/session.ts";
import { questionsOf, type Text } from "../words.ts";

/** `base`: the revision that it was begun on; `source`: the revision of the source that a translation is made from. */
export interface Copy { base: number; text: Text; source?: number | null; at: string }

const LOCAL_AFTER = 250;
const AFTER = 1500;

function shelf(article: string, tag: string): string {
  return `unsaved.${me.value?.id ?? ""}.${article}.${tag}`;
}

function local(article: string, tag: string): Copy | null {
  try {
    const found = JSON.parse(kept(shelf(article, tag)) ?? "null") as Copy | null;
    return typeof found?.text?.body === "string" ? found : null;
  } catch {
    return null;
  }
}

function remote({ mine }: Copies): Copy | null {
  return mine && { base: mine.base, source: mine.source, at: mine.updated_at, text: { title: mine.title, body: mine.body, questions: mine.questions.join("\n"), note: mine.note } };
}

export type Kept = "none" | "keeping" | "kept" | "here";
export interface Unsaved {
  /** False until it is known whether something was left: until then nobody types over it. */
  ready: boolean;
  others: readonly OtherCopy[];
  newest: number;
  /** `here`: in this browser only, because the server cannot be reached. */
  state: Kept;
  forget: () => void;
}

interface Given { article: string; tag: string; base: number; text: Text; source: number | null; changed: boolean; active: boolean; onFound: (copy: Copy) => void }

export function useUnsaved({ article, tag, base, text, source, changed, active, onFound }: Given): Unsaved {
  const [ready, setReady] = useState(!active);
  const [state, setState] = useState<Kept>("none");
  const [told, setTold] = useState<{ others: readonly OtherCopy[]; newest: number }>({ others: [], newest: 0 });
  const there = useRef(false);
  const path = `/api/articles/${article}/${tag}/working-copy`;
  const latest = useRef<() => void>(() => undefined);

  useEffect(() => {
    if (!active) return;
    api.get<Copies>(path).then((copies) => {
      const [far, near] = [remote(copies), local(article, tag)];
      there.current = far !== null;
      setTold(copies);
      const found = near && (!far || near.at > far.at) ? near : far;
      if (found) onFound(found);
    }, () => {
      const near = local(article, tag);
      if (near) onFound(near);
    }).finally(() => setReady(true));
  }, [path, active]);

  const forget = (): void => {
    keep(shelf(article, tag), null);
    setState("none");
    if (there.current) api.remove(path).catch(() => undefined);
    there.current = false;
  };

  const keepHere = (): void => {
    if (changed) keep(shelf(article, tag), JSON.stringify({ base, text, source, at: new Date().toISOString() } satisfies Copy));
  };
  latest.current = keepHere;

  const send = (): void => {
    const { title, body, note } = text;
    setState("keeping");
    there.current = true;
    api.put<Copies>(path, { base, title: title.slice(0, 300), body, note: (note ?? "").slice(0, 500), questions: questionsOf(text.questions), ...(source === null ? {} : { source }) })
      .then((copies) => { setTold(copies); setState("kept"); }, (error: unknown) => setState(error instanceof ApiError && error.passing ? "here" : "none"));
  };

  useEffect(() => {
    if (!active || !ready) return;
    if (!changed) {
      if (there.current || kept(shelf(article, tag)) !== null) forget();
      return;
    }
    const near = setTimeout(keepHere, LOCAL_AFTER);
    const far = setTimeout(send, AFTER);
    return () => {
      clearTimeout(near);
      clearTimeout(far);
    };
  }, [text, base, source, changed, ready, active]);

  useEffect(() => {
    if (!active) return;
    const flush = (): void => latest.current();
    addEventListener("pagehide", flush);
    return () => {
      removeEventListener("pagehide", flush);
      flush();
    };
  }, [active]);
  return { ready, state, forget, ...told };
}
