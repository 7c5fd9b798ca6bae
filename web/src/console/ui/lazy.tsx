/** A page that is fetched when it is first shown. */
import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../data/i18n.ts";
import { Button, Empty, Spinner } from "./basic.tsx";

export function lazy(load: () => Promise<{ default: ComponentType }>): () => JSX.Element {
  let found: ComponentType | null = null;
  return function Lazy() {
    const [, show] = useState(0);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (found || failed) return;
      load().then((module) => { found = module.default; show(1); }, () => setFailed(true));
    }, [failed]);
    if (found) {
      const Page = found;
      return <Page />;
    }
    if (failed) return <Empty icon="alert" title={t("error-page")} action={<Button onClick={() => setFailed(false)}>{t("console-try-again")}</Button>} />;
    return <div class="page-waiting"><Spinner /></div>;
  };
}
