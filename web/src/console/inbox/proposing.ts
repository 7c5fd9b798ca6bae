/** Which of an agent's answers is being proposed as an article. */
import { signal } from "@preact/signals";

export const proposing = signal<{ conversation: string; message: string } | null>(null);
