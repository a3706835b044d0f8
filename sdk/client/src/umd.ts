import { trustTag } from "@selasar/page";
import { ErrorCode } from "@selasar/protocol";
import { MiniAppSDK } from "./sdk.js";
import { MiniAppCallError, unwrap } from "./unwrap.js";

trustTag();

/** The global `MiniAppSDK`: the class, with the named exports as properties. */
export default Object.assign(MiniAppSDK, { default: MiniAppSDK, MiniAppSDK, MiniAppCallError, unwrap, ErrorCode });
