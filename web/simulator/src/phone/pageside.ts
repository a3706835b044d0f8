import { control } from "../control/api";
import { state } from "../control/live";

/**
 * The simulator's side of the script that the proxy adds to the mini app's documents (`internal/dev/proxy/page.js`).
 * Only messages of the frame's own window and origin count.
 */
export interface PageSide {
  /** The page is at this path now. */
  at(path: string): void;
  /** The page threw at its start, and shows nothing. */
  blank(): void;
  report: Report;
}

/** Adds a row about the page to the journal. */
export type Report = (trouble: Parameters<typeof control.reportPage>[0]) => void;

/** Returns a launch's way to add rows to the journal; `launchId` returns its id, once it exists. */
export function reporter(launchId: () => string | undefined): Report {
  let rows = 0;
  return (trouble) => {
    const id = launchId();
    if (rows++ < MOST) control.reportPage({ ...trouble, ...(id !== undefined && { launch_id: id }) }).catch(() => undefined);
  };
}

/** The most rows that one launch adds to the journal. */
const MOST = 50;

/** The frames whose page a sheet covers. */
const covered = new WeakSet<HTMLIFrameElement>();

/** Tells the page whether a sheet covers it. A covered page gets no key, and cannot take the focus. */
export function coverPage(frame: HTMLIFrameElement, now: boolean): void {
  if (now) covered.add(frame);
  else covered.delete(frame);
  for (const page of allPages(frame.contentWindow)) tellCovered(page, now);
}

// The message is no secret, so it may go to any origin: a frame of the page can have another one.
const tellCovered = (page: Window, now: boolean) => page.postMessage({ selasarPage: 1, covered: now }, "*");

/** How deep frames in frames are followed. */
const DEEPEST = 5;

/** Returns a window and the windows of the frames in it. */
export function allPages(page: Window | null | undefined, depth = 0): Window[] {
  if (!page || depth > DEEPEST) return [];
  return [page, ...Array.from({ length: page.length }, (_, i) => allPages(page[i], depth + 1)).flat()];
}

/** Listens to the pages of a frame. Returns a function that stops. */
export function listenToPage(frame: HTMLIFrameElement, origin: string, page: PageSide): () => void {
  const { report } = page;
  const heard = ({ data, source, origin: from }: MessageEvent) => {
    if (from !== origin || data?.selasarPage !== 1) return;
    if (covered.has(frame) && (data.type === "at" || data.type === "frame")) tellCovered(source as Window, true);
    if (source !== frame.contentWindow) return;
    const text = (name: string) => String(data[name] ?? "").slice(0, 500);
    switch (data.type) {
      case "at":
        return page.at(text("path"));
      case "threw":
        report({ reason: "threw", error: text("message") });
        if (data.blank === true) page.blank();
        return;
      case "refused":
        return report({ reason: "browser_refused", feature: text("feature"), error: text("message") });
      case "may":
        void may(text("feature"), report).then((allowed) =>
          frame.contentWindow?.postMessage({ selasarPage: 1, id: data.id, allowed }, origin),
        );
    }
  };
  addEventListener("message", heard);
  return () => removeEventListener("message", heard);
}

/** Reports the addresses that no frame of the launch may show. Returns a function that stops. */
export function listenToPolicy(report: Report): () => void {
  // The simulator's own policy keeps its frames on the mini app's origin; the browser tells where they wanted to go.
  const violated = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) => {
    if (effectiveDirective !== "frame-src") return;
    const file = /^(blob|data)\b/.exec(blockedURI)?.[1];
    if (file) report({ reason: "download_refused", feature: `${file}:`, target: `${file}:` });
    else report({ reason: "foreign_origin", origin: originOf(blockedURI) });
  };
  document.addEventListener("securitypolicyviolation", violated);
  return () => document.removeEventListener("securitypolicyviolation", violated);
}

function originOf(uri: string): string {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  return url && url.origin !== "null" ? url.origin : uri.slice(0, 200);
}

/** The consent that allows each feature of the browser. */
const consentFor: Record<string, string> = { camera: "camera", geolocation: "location" };

/** Answers as a native shell answers its WebView: by the consents of the user. */
async function may(feature: string, report: Report): Promise<boolean> {
  const name = consentFor[feature];
  if (!name) {
    report({ reason: "no_feature", feature });
    return false;
  }
  const { consents } = await control.consents().catch(() => ({ consents: [] as { name: string; state: string }[] }));
  const given = consents.some((one) => one.name === name && one.state === "given");
  if (!given) report({ reason: "no_consent", feature });
  return given;
}

/** The features that every WebView has, in the words of a frame's `allow`. */
const ALWAYS = ["clipboard-write", "fullscreen", "autoplay", "accelerometer", "gyroscope", "magnetometer"];

/**
 * Returns the frame's `allow`. A document keeps the features that it was loaded with, so the consents that the mini app may ask for
 * are in it from the beginning; `may` decides at each use.
 */
export function allowOf(consents: readonly { name: string }[] | undefined): string {
  const names = new Set(consents?.map(({ name }) => name));
  const asked = Object.keys(consentFor).filter((feature) => names.has(consentFor[feature]!));
  return [...ALWAYS, ...asked].join("; ");
}

interface Opening {
  origin: string;
  /** How many documents the proxy has served to frames. */
  documents: number;
}

/** Prepares the mini app's origin for a launch: nothing that another mini app left there reaches this one. */
export async function prepare(): Promise<Opening | undefined> {
  const now = state.get() ?? (await control.state().catch(() => null));
  const origin = now?.apps?.[0]?.origin;
  if (!origin) return undefined;
  const documents = await documentsOf(origin);
  return { origin, documents: documents ?? -1 };
}

/** Records a page that came from a service worker or the browser's cache, and not from the server. */
export async function checkReached({ origin, documents }: Opening, launchId: string | undefined): Promise<void> {
  if (!isSecureContext || documents < 0) return; // elsewhere the browser does not say that a request is for a frame
  if ((await documentsOf(origin)) === documents) {
    control.reportPage({ reason: "never_reached", ...(launchId && { launch_id: launchId }) }).catch(() => undefined);
  }
}

async function documentsOf(origin: string): Promise<number | undefined> {
  try {
    const answer = await fetch(`${origin}/.selasar/open`, {
      credentials: "include",
      cache: "no-store",
      signal: AbortSignal.timeout(5_000),
    });
    return ((await answer.json()) as { documents: number }).documents;
  } catch {
    return undefined;
  }
}
