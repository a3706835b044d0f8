// The super app by window.gpContainer, which the script of the page's head has made. The functions are those of webview.js.

/** Calls a method, and returns the result in the form of MiniAppSDK. */
const call = (className, method, params, dataOf = (result) => read(result.data)) =>
  new Promise((resolve) => {
    const failed = (result) => {
      const code = Number(result.error_code ?? result.errorCode);
      // Outside the super app, gpContainer fails with 1003, and MiniAppSDK with 100.
      resolve({
        success: false,
        data: null,
        error: { code: code === 1003 ? 100 : code, message: result.error_message ?? result.errorMessage },
      });
    };
    if (!window.gpContainer?.call) return failed({ error_code: 1003, error_message: "GoPay's script was not loaded" });
    const succeeded = (result) =>
      result.success === false ? failed(result) : resolve({ success: true, data: dataOf(result), error: null });
    window.gpContainer.call(className, method, params, succeeded, failed);
  });

/** GoPay below 2.00 returns data as JSON text. */
const read = (data) => (typeof data === "string" ? JSON.parse(data) : (data ?? null));

export const getAuthCode = () => call("GPMiniAppAuth", "getAuthCode", {});

export const getConsent = (name) =>
  call("GP", "authorize", { scope: name }, (result) => {
    const scopes = result.successScope ?? read(result.data)?.successScope ?? {};
    return { consent_name: name, has_consent: scopes[name] === true };
  });

export const getLocation = () => call("GPLocation", "getLocation", { enable_high_accuracy: true }, (result) => read(result.data).coords);

export const triggerPayment = (deeplink) => call("GP", "launchPayment", { deeplink });

export const openDeeplink = (deeplink) => call("GPNavigator", "launchDeeplink", { deeplink });
