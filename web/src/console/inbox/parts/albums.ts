/** Pictures that follow one another in one message belong together. Pure. */
import type { ImagePart, Part } from "../../../wire.ts";

export function inAlbums(parts: readonly Part[]): (Part | ImagePart[])[] {
  const shown: (Part | ImagePart[])[] = [];
  for (const part of parts) {
    const before = shown.at(-1);
    if (part.type !== "image" || !before) shown.push(part);
    else if (Array.isArray(before)) before.push(part);
    else if (before.type === "image") shown[shown.length - 1] = [before, part];
    else shown.push(part);
  }
  return shown;
}
