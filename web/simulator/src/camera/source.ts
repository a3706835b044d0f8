/** A place that a picture can come from. */
export type Source = "live" | "file" | "test";

/** What a mini app may ask for: the camera, the gallery, or either. */
export type Mode = "camera" | "photo" | "both";

/** Returns the sources of a mode, with the one that is shown first. The test picture always works. */
export function sourcesOf(mode: Mode): Source[] {
  return mode === "camera" ? ["test", "live"] : mode === "photo" ? ["test", "file"] : ["test", "live", "file"];
}

/** Why a picture is not there, as the key of a text. */
export type Trouble = "cameraInsecure" | "cameraRefused" | "cameraAbsent" | "cameraBusy" | "pictureUnreadable";

/** Carries the {@link Trouble} of a source. */
export class NoPicture extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble);
  }
}

/** Opens the browser's own camera. Rejects with {@link NoPicture}; stop its tracks when it is no longer shown. */
export async function openCamera(): Promise<MediaStream> {
  if (!navigator.mediaDevices) throw new NoPicture("cameraInsecure");
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1600 } }, audio: false });
  } catch (error) {
    throw new NoPicture(TROUBLES[(error as DOMException).name] ?? "cameraBusy");
  }
}

const TROUBLES: Record<string, Trouble> = {
  NotAllowedError: "cameraRefused",
  SecurityError: "cameraRefused",
  NotFoundError: "cameraAbsent",
  OverconstrainedError: "cameraAbsent",
  NotReadableError: "cameraBusy",
  AbortError: "cameraBusy",
};

/** Returns the current picture of a camera. */
export function takeFrom(video: HTMLVideoElement): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  return jpegOf(canvas);
}

/** Draws a picture into a canvas, as large as fits. Rejects with {@link NoPicture} for a file that is none. */
export async function drawInto(canvas: HTMLCanvasElement, picture: Blob): Promise<void> {
  const bitmap = await createImageBitmap(picture).catch(() => {
    throw new NoPicture("pictureUnreadable");
  });
  const scale = Math.min(canvas.width / bitmap.width, canvas.height / bitmap.height);
  const [width, height] = [bitmap.width * scale, bitmap.height * scale];
  const pen = canvas.getContext("2d");
  pen?.clearRect(0, 0, canvas.width, canvas.height);
  pen?.drawImage(bitmap, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
  bitmap.close();
}

/** Returns a canvas as a JPEG. */
export function jpegOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new NoPicture("pictureUnreadable"))), "image/jpeg", 0.9),
  );
}
