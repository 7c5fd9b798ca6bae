/** Where the widget begins: reads its script line, puts itself on the page, and opens no socket before it must. */
import { h, render } from "preact";
import { Attachments } from "./attachments";
import { Client } from "./client";
import { configured } from "./model/config";
import { Storage } from "./net/storage";
import { Store } from "./state";
import { App } from "./view/app";
import { dress } from "./view/dress";

const TAG = "parley-widget";

type Api = { open(): void; close(): void };

declare global {
  interface Window {
    Parley?: Api;
  }
}

function mount(script: HTMLScriptElement): void {
  if (document.querySelector(TAG)) return;
  const bare = configured(script.dataset, script.src, []);
  const chosen = new Storage(bare.server, bare.inbox).get("language");
  const config = configured(script.dataset, script.src, [
    chosen,
    document.documentElement.lang,
    ...navigator.languages,
  ]);
  const store = new Store(config.language);
  const client = new Client(config, store);
  const address = `${config.server}/live/${encodeURIComponent(config.inbox)}/uploads`;
  const attachments = new Attachments(address, client, store);
  const host = document.createElement(TAG);
  const root = host.attachShadow({ mode: "open" });
  dress(root, config, store);
  document.body.append(host);
  window.Parley = { open: () => client.open(), close: () => client.close() };
  let shown = false;
  const draw = (): void => render(h(App, { config, store, client, attachments }), root);
  const show = (): void => {
    if (shown) return;
    shown = true;
    draw();
    store.watch(draw);
    client.resume();
  };
  if (client.recall()) show();
  void client.describe().then((known) => {
    if (known) show();
    else console.warn(`Parley: no inbox "${config.inbox}" for this page at ${config.server}`);
  });
}

const script = document.currentScript ?? document.querySelector("script[data-inbox][src*='widget.js']");
if (script instanceof HTMLScriptElement) {
  if (document.body) mount(script);
  else addEventListener("DOMContentLoaded", () => mount(script));
}
