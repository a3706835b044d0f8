/** The frame of the open launch, whose pages GPNavigator.push and pop change. */
let frame: HTMLIFrameElement | undefined;
let origin = "";

/** Shows the pages of a launch in a frame from now on. Returns a function that stops. */
export function showPagesIn(one: HTMLIFrameElement, itsOrigin: string): () => void {
  frame = one;
  origin = itsOrigin;
  return () => {
    if (frame === one) frame = undefined;
  };
}

/**
 * Opens another page of the mini app. The frame keeps its pages in the browser's history, so the title bar's back button
 * and GPNavigator.pop return. The page below is loaded again then; a phone would have kept it.
 */
export function pushPage(path: string): void {
  const url = URL.canParse(path, origin) ? new URL(path, origin) : undefined;
  if (frame?.contentWindow && url?.origin === origin) frame.contentWindow.location.href = url.href;
}
