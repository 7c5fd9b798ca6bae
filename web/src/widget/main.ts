/** Where the widget begins: reads its script line, puts itself on the page, and opens no socket before it must. */
import { h, render } from "preact";
import { jsx } from "preact/jsx-runtime";
import { Client } from "./client";
import { configured } from "./model/config";
import type { Config } from "./model/config";
import { fetchMore } from "./net/more";
import type { Kit } from "./more/types";
import { Store } from "./state";
import { App } from "./view/app";
import { dress } from "./view/dress";
import { AnyRow } from "./view/log";

const TAG = "parley-widget";
/** A server that cannot be reached is asked again after this long. */
const AGAIN_MS = 15_000;

type Api = {
  open(): void;
  close(): void;
  /** Who the visitor is, by a token that the site signed. */
  identify(token: string): void;
  /** They signed out: nothing of them stays here. */
  forget(): void;
};

declare global {
  interface Window {
    Parley?: Api;
  }
}

/** On the hosted page an app may hand the token over behind the `#`, which goes to no server and in no log. */
function fragment(config: Config): Config {
  const token = config.mode === "page" && /^#identity=(.+)$/.exec(location.hash)?.[1];
  if (!token) return config;
  history.replaceState(null, "", location.pathname + location.search);
  return { ...config, identity: token };
}

function mount(script: HTMLScriptElement): void {
  if (document.querySelector(TAG)) return;
  const config = fragment(
    configured(script.dataset, script.src, [document.documentElement.lang, ...navigator.languages]),
  );
  const store = new Store();
  const client = new Client(config, store);
  const host = document.createElement(TAG);
  const root = host.attachShadow({ mode: "open" });
  const wear = dress(root, config, store);
  document.body.append(host);
  window.Parley = {
    open: () => client.open(),
    close: () => client.close(),
    identify: (token) => client.identify(token),
    forget: () => client.forget(),
  };
  const kit: Kit = { jsx: jsx as Kit["jsx"], client, store, wear, row: (row, scene) => h(AnyRow, { row, scene }) };
  let fetching = false;
  const fetchRest = (): void => {
    if (fetching || !store.state.open || store.state.more) return;
    fetching = true;
    fetchMore(config.server, kit)
      .then((more) => store.set({ more }))
      .catch(() => {
        store.set({ more: null });
        setTimeout(() => (fetching = false), AGAIN_MS);
      });
  };
  let shown = false;
  const draw = (): void => {
    render(h(App, { config, store, client }), root);
    fetchRest();
  };
  const show = (): void => {
    if (shown) return;
    shown = true;
    draw();
    store.watch(draw);
    client.resume();
    dispatchEvent(new Event("parley:ready"));
  };
  const introduce = async (): Promise<void> => {
    const known = await client.describe();
    if (known) show();
    else if (known === undefined) setTimeout(introduce, AGAIN_MS);
    else console.warn(`Parley: no inbox "${config.inbox}" for this page at ${config.server}`);
  };
  if (client.recall()) show();
  void introduce();
}

const script = document.currentScript ?? document.querySelector("script[data-inbox][src*='widget.js']");
if (script instanceof HTMLScriptElement) {
  if (document.body) mount(script);
  else addEventListener("DOMContentLoaded", () => mount(script));
}
