/** The few pictures the widget draws, as paths that take the colour of their place. */
import type { JSX } from "preact";

const PATHS = {
  chat: "M12 3C6.5 3 2 6.8 2 11.5c0 2.3 1.1 4.4 2.9 5.9L4 21.5l4.6-2c1.1.3 2.2.5 3.4.5 5.5 0 10-3.8 10-8.5S17.5 3 12 3z",
  close: "M6 6l12 12M18 6L6 18",
  menu: "M5 12h.01M12 12h.01M19 12h.01",
  back: "M15 5l-7 7 7 7",
  send: "M12 19V5M5.5 11.5L12 5l6.5 6.5",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.2a6.5 6.5 0 0 1 3.5 5.8",
  clip: "M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4l7.6-7.5",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  tick: "M5 12.5l4.5 4.5L19 7.5",
  ticks: "M2 12.5l4.5 4.5L16 7.5M11.5 16.5l.5.5L21.5 7.5",
  wait: "M12 7v5l3 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  bot: "M12 3v4M6 7h12a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2zM9 12v2M15 12v2",
};

type Props = { name?: keyof typeof PATHS; path?: string; solid?: boolean };

/** One of ours by its name, or another by its path. */
export function Icon({ name = "chat", path = PATHS[name], solid }: Props): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" class={solid ? "solid" : undefined}>
      <path d={path} />
    </svg>
  );
}
