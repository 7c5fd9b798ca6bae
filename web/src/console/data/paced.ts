/** One fetch at a time, and a pause after each: news that comes meanwhile is fetched once, and the last always is. */

/** Milliseconds: the pause takes between one and two of these, so that consoles told at once do not go on as one. */
const PAUSE = 1000;

export interface Paced {
  news: () => void;
  stop: () => void;
}

/** The first news is fetched at once; `random` is in [0, 1). What `load` throws is its own to show. */
export function paced(load: () => unknown, random: () => number = Math.random): Paced {
  let busy = false;
  let more = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const rested = (): void => {
    busy = false;
    if (more) void fetch();
  };
  const fetch = async (): Promise<void> => {
    busy = true;
    more = false;
    try {
      await load();
    } catch {
      // The next news tries again.
    }
    if (!stopped) timer = setTimeout(rested, PAUSE * (1 + random()));
  };
  return {
    news: () => {
      if (stopped) return;
      if (busy) more = true;
      else void fetch();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
