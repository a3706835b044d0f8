// snap.js: Snap Checkout in a mini app's page.
//
//   <script src="http://127.0.0.1:7300/snap/snap.js" data-client-key="..."></script>
//   window.snap.pay(token, { onSuccess, onPending, onError, onClose });
//
// It shows the payment page of a token in a frame over the page. What became of the payment comes back by postMessage, and is
// taken only from that frame at the platform's own origin. The callbacks are for the eye: what is paid, the backend knows.

/**
 * What a callback gets.
 * @typedef {object} Result
 * @property {string} status_code 200 paid, 201 pending, 202 denied or cancelled, 401, 404, 407 expired
 * @property {string} status_message
 * @property {string} [transaction_id] the payment's reference number
 * @property {string} [order_id]
 * @property {string} [gross_amount] such as "15000.00"
 * @property {string} [payment_type] gopay
 * @property {string} [transaction_time]
 * @property {string} [transaction_status] settlement, pending, deny, cancel or expire
 * @property {string} [fraud_status]
 * @property {string} [finish_redirect_url]
 */

/**
 * @typedef {object} Options
 * @property {(result: Result) => void} [onSuccess] paid
 * @property {(result: Result) => void} [onPending] left unfinished; it can be paid later
 * @property {(result: Result) => void} [onError] denied, cancelled, expired, or no payment at all
 * @property {() => void} [onClose] the user closed the overlay
 */

(() => {
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  if (!script)
    throw new Error('snap.js: load it by <script src="..." data-client-key="...">, without type="module", import or a copy of its text');
  const platform = new URL(script.src).origin;
  const clientKey = script.dataset.clientKey ?? "";

  /** What is open now: one at a time. @type {{ close(): void; dialog: HTMLDialogElement } | undefined} */
  let open;

  /**
   * Opens the payment page of a token.
   * @param {string} token
   * @param {Options} [options]
   */
  function pay(token, options = {}) {
    if (typeof token !== "string" || token === "")
      throw new Error("snap.pay: the first parameter is the token of POST /snap/v1/transactions");
    if (open && !open.dialog.isConnected) open.close(); // a single-page app has replaced the page's content
    if (open) throw new Error("snap.pay: a payment is open already; call snap.hide() first");
    const { dialog, frame, cross } = overlay(token);
    const close = () => {
      window.removeEventListener("message", hear);
      dialog.remove();
      open = undefined;
    };
    /** @param {MessageEvent} message */
    const hear = ({ origin, source, data }) => {
      if (origin !== platform || source !== frame.contentWindow || data?.type !== "selasar.checkout") return;
      if (data.close === true) return leave();
      if (!data.result) return;
      close();
      settle(data.result, options);
    };
    const leave = () => {
      close();
      options.onClose?.();
    };
    window.addEventListener("message", hear);
    cross.addEventListener("click", leave);
    dialog.addEventListener("cancel", leave);
    open = { close, dialog };
    document.body.append(dialog);
    dialog.showModal();
  }

  /**
   * Calls the callback of a result. Without one the user goes on to the shop's own page, if the order named it.
   * @param {Result} result
   * @param {Options} options
   */
  function settle(result, options) {
    const kind = { settlement: "onSuccess", pending: "onPending" }[result.transaction_status ?? ""] ?? "onError";
    const given = options[/** @type {"onSuccess" | "onPending" | "onError"} */ (kind)];
    if (given) given(result);
    else if (result.finish_redirect_url) location.assign(result.finish_redirect_url);
  }

  /** Closes what is open, and calls nothing. */
  function hide() {
    open?.close();
  }

  /**
   * The frame in a modal dialog: it has the focus, and the page under it is out of reach. Styles are set one by one, because a
   * page's policy may forbid style sheets that are not its own.
   * @param {string} token
   */
  function overlay(token) {
    const frame = document.createElement("iframe");
    const query = new URLSearchParams({ embed: location.origin, client_key: clientKey });
    frame.src = `${platform}/snap/v4/redirection/${encodeURIComponent(token)}?${query}`;
    frame.title = "Snap Checkout";
    frame.referrerPolicy = "no-referrer";
    Object.assign(frame.style, { border: "0", width: "100%", height: "100%" });
    const cross = document.createElement("button");
    cross.type = "button";
    cross.textContent = "✕";
    cross.ariaLabel = navigator.language.startsWith("id") ? "Tutup pembayaran" : "Close the payment";
    Object.assign(cross.style, {
      position: "absolute",
      top: "8px",
      right: "8px",
      width: "44px",
      height: "44px",
      border: "0",
      borderRadius: "8px",
      background: "transparent",
      color: "#808080",
      font: "20px system-ui",
      cursor: "pointer",
    });
    const dialog = document.createElement("dialog");
    dialog.ariaLabel = "Snap Checkout";
    Object.assign(dialog.style, {
      padding: "0",
      border: "0",
      borderRadius: "8px",
      width: "min(432px, 100vw)",
      height: "min(640px, 100vh)",
      maxWidth: "none",
      maxHeight: "none",
      overflow: "hidden",
    });
    dialog.append(frame, cross);
    return { dialog, frame, cross };
  }

  Object.assign(window, { snap: { pay, hide } });
})();
