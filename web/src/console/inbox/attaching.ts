/** Files on their way into a message: uploaded at once, each with how far it got. */
import { useRef, useState } from "preact/hooks";
import type { Upload } from "../../wire.ts";
import { api } from "../data/api.ts";
import { errorText } from "../ui/form.tsx";
import type { Attachment } from "./attachments.tsx";

export interface Attaching {
  list: Attachment[];
  ready: Upload[];
  uploading: boolean;
  add: (files: Iterable<File>) => void;
  remove: (id: number) => void;
  clear: () => void;
}

export function useAttaching(): Attaching {
  const [list, setList] = useState<Attachment[]>([]);
  const last = useRef(0);
  const change = (id: number, part: Partial<Attachment>): void => setList((all) => all.map((each) => (each.id === id ? { ...each, ...part } : each)));
  const add = (files: Iterable<File>): void => {
    for (const file of files) {
      last.current += 1;
      const id = last.current;
      setList((all) => [...all, { id, name: file.name, size: file.size, upload: null, error: null }]);
      api.upload<Upload>(file).then((upload) => change(id, { upload }), (error: unknown) => change(id, { error: errorText(error) }));
    }
  };
  return {
    list, add,
    ready: list.flatMap((each) => (each.upload ? [each.upload] : [])),
    uploading: list.some((each) => !each.upload && !each.error),
    remove: (id) => setList((all) => all.filter((each) => each.id !== id)),
    clear: () => setList([]),
  };
}
