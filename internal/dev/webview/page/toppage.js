/**
 * Gives a page that the simulator has opened in a window of its own the pipe of a WebView (spec/bridge.md). The pipe leads to
 * the simulator's window, which is the opener.
 */
function offerPipe(host, origin) {
  let port;
  const give = (message, nonce) => shell.onmessage?.({ data: JSON.stringify({ ...message, nonce }) });
  const shell = {
    onmessage: null,
    postMessage(json) {
      const { nonce, ...message } = JSON.parse(json);
      if (message.type !== "hello") return port?.postMessage(message);
      port?.close();
      port = undefined;
      host.postMessage({ ...message, nonce }, origin);
    },
  };
  addEventListener("message", (event) => {
    const { data, source, ports } = event;
    if (source !== host || event.origin !== origin || data?.type !== "welcome" || !ports[0]) return;
    event.stopImmediatePropagation();
    port = ports[0];
    port.onmessage = (answer) => give(answer.data, data.nonce);
    give(data, data.nonce);
  });
  self.selasarHost = shell;
}
