// What this mini app asks the super app for.
import { ContainerError, call, dataOf } from "./container";

let loggingIn: Promise<string> | undefined;

/** Returns an auth code. Calls at the same time share one code, because each code is for one login. */
export function logIn(): Promise<string> {
  loggingIn ??= call("GPMiniAppAuth", "getAuthCode")
    .then((result) => dataOf(result).authCode)
    .finally(() => {
      loggingIn = undefined;
    });
  return loggingIn;
}

/** Asks for the location consent, and returns the position. */
export async function findPosition() {
  await allow("location");
  return dataOf(await call("GPLocation", "getLocation", { enable_high_accuracy: true })).coords;
}

/** Asks for the camera consent, and returns a photo as the `src` of an `img` element. */
export async function takePhoto(): Promise<string> {
  await allow("camera");
  const { base64Data } = await call("GPCamera", "takePhoto", { mode: "camera", needBase64: true });
  if (!base64Data) throw new ContainerError("500", "The super app returned no picture. Try again.");
  return `data:image/jpeg;base64,${base64Data}`;
}

/** Resolves once the user has given a consent. The documentation has `successScope` in two places. */
async function allow(scope: "location" | "camera"): Promise<void> {
  const result = await call("GP", "authorize", { scope });
  const scopes = result.successScope ?? dataOf(result).successScope;
  if (!scopes?.[scope]) throw new ContainerError("300", `You did not allow the ${scope}. Press the button again to allow it.`);
}
