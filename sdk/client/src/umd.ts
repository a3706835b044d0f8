import { page } from "@selasar/page";
import { ErrorCode } from "@selasar/protocol";
import { MiniAppSDK } from "./sdk.js";
import { MiniAppCallError, unwrap } from "./unwrap.js";

// <script src="miniapp-client.umd.js" data-host-origins="https://superapp.example https://other.example">
if (typeof document === "object") {
  const named = (document.currentScript as HTMLScriptElement | null)?.dataset.hostOrigins;
  for (const origin of named?.match(/[^\s,]+/g) ?? []) page().hosts.add(origin.replace(/\/$/, ""));
}

/** The global `MiniAppSDK`: the class, with the named exports as properties. */
export default Object.assign(MiniAppSDK, { default: MiniAppSDK, MiniAppSDK, MiniAppCallError, unwrap, ErrorCode });
