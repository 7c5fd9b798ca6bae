/** Calls for attention: a short ring made with WebAudio, and a title that flashes. */
import { keep, kept } from "./keep.ts";
import { signal } from "@preact/signals";

export const soundOn = signal(kept("sound") !== "off");

let audio: AudioContext | null = null;
let flashing: ReturnType<typeof setInterval> | undefined;
let title = "Parley";

export function setSound(on: boolean): void {
  soundOn.value = on;
  keep("sound", on ? null : "off");
  if (on) ring();
}

/** Browsers allow sound only after the person did something: the first gesture opens the way. */
export function openAudio(): void {
  const unlock = (): void => {
    audio ??= new AudioContext();
    void audio.resume();
  };
  addEventListener("pointerdown", unlock, { once: true });
  addEventListener("keydown", unlock, { once: true });
}

function note(context: AudioContext, frequency: number, at: number): void {
  const tone = context.createOscillator();
  const loudness = context.createGain();
  tone.type = "sine";
  tone.frequency.value = frequency;
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(0.16, at + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
  tone.connect(loudness).connect(context.destination);
  tone.start(at);
  tone.stop(at + 0.52);
}

/** Two rising notes, twice. */
export function ring(): void {
  if (!soundOn.value || !audio || audio.state !== "running") return;
  for (const [frequency, after] of [[659.3, 0], [880, 0.16], [659.3, 0.7], [880, 0.86]] as const) note(audio, frequency, audio.currentTime + after);
}

/** One soft note for a message in a conversation of ours. */
export function chime(): void {
  if (!soundOn.value || !audio || audio.state !== "running") return;
  note(audio, 784, audio.currentTime);
}

export function setTitle(next: string): void {
  title = next;
  if (!flashing) document.title = title;
}

export function flashTitle(text: string): void {
  stopFlashing();
  let on = true;
  document.title = text;
  flashing = setInterval(() => {
    on = !on;
    document.title = on ? text : title;
  }, 1000);
}

export function stopFlashing(): void {
  clearInterval(flashing);
  flashing = undefined;
  document.title = title;
}
