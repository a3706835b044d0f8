/**
 * Parameters for each method of gpContainer. `params` lead to a success; `wrong` have the right types, and values that
 * GoPay does not accept (code 202). A method of the bindings that is missing here fails the tests.
 */
export const EXAMPLES = {
  "GPMiniAppAuth.getAuthCode": { params: {} },
  "GPLocation.getLocation": { params: { enable_high_accuracy: true } },
  "GPNavigator.launchDeeplink": { params: { deeplink: "gopay://home" }, wrong: [{ deeplink: "https://kopi.example/" }, { deeplink: "" }] },
  "GP.launchPayment": { params: { deeplink: "PAYMENT" }, wrong: [{ deeplink: "gopay://merchanttransfer?tref=none" }] },
  "GP.getBankAccountToken": { params: {} },
  "GP.authorize": { params: { scope: "location" }, wrong: [{ scope: "everything" }] },
  "GPSystem.getSystemInfo": { params: {} },
  "GPSystem.getRootedDeviceInfo": { params: {} },
  "GPSystem.getWifiInfo": { params: {} },
  "GPBase.getLocale": { params: {} },
};
