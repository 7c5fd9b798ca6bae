/** Sends one file to the server with progress; XMLHttpRequest, because fetch cannot tell how far it is. */
import type { Upload } from "../model/outbox";
import type { Media } from "../model/protocol";

/** No session yet, or a server in trouble: the same file may go through later. */
const PASSES = /^(401|5..)$/;

export type UploadJob = { done: Promise<Upload>; cancel: () => void };

/** Rejects with an Error whose message is the server's error code, or `network` for what may pass. */
export function upload(url: string, session: string, file: File, progress: (part: number) => void): UploadJob {
  const request = new XMLHttpRequest();
  const done = new Promise<Upload>((resolve, reject) => {
    request.open("POST", url);
    request.setRequestHeader("Authorization", `Bearer ${session}`);
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.upload.onprogress = (event) => progress(event.loaded / (event.total || 1));
    request.onerror = () => reject(new Error("network"));
    request.onload = () => {
      const answer = body(request.responseText);
      if (request.status === 201) resolve({ id: String(answer.id), media: preview(answer, file) });
      else reject(new Error(PASSES.test(String(request.status)) ? "network" : (answer.error?.code ?? "network")));
    };
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}

type Answer = { id?: unknown; name?: unknown; size?: unknown; media_type?: unknown; error?: { code?: string } };

function body(text: string): Answer {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return {};
  }
}

/** Shown from the browser's own copy until the stored message comes with the server's address. */
function preview(answer: Answer, file: File): Media {
  const type = String(answer.media_type ?? file.type);
  return {
    type: type.startsWith("image/") ? "image" : "file",
    url: URL.createObjectURL(file),
    name: String(answer.name ?? file.name),
    size: Number(answer.size ?? file.size),
    media_type: type,
  };
}
