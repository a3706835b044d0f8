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
  "GPBase.copyToClipboard": { params: { text: "KOPI-15" }, wrong: [{ text: "x".repeat(16_385) }] },
  "GPNavigator.launchUri": {
    params: { uri: "https://kopi.example/" },
    wrong: ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "gopay://home", "tel:123", "kopi.example", "https://", ""].map(
      (uri) => ({ uri }),
    ),
  },
  "GPNavigator.push": { params: { url: "index.html?pushed" }, wrong: [{ url: "https://kopi.example/" }, { url: "javascript:alert(1)" }] },
  "GPNavigator.pop": { params: {} },
  "GPMotion.startAccelerometer": { params: { interval: "game" }, wrong: [{ interval: "fast" }] },
  "GPMotion.stopAccelerometer": { params: {} },
  "GPMotion.startCompass": { params: { interval: "ui" }, wrong: [{ interval: "fast" }] },
  "GPMotion.stopCompass": { params: {} },
  "GPMotion.listenGyro": { params: { on: true, frequency: 100 }, wrong: [{ frequency: 0 }, { frequency: -1 }, { frequency: 1e9 }] },
  "GPMotion.listeningShake": {
    params: { on: true },
    wrong: [
      { on: true, shakeNum: 0 },
      { on: true, frequency: 0 },
    ],
  },
  "GPMotion.vibrate": { params: { duration: 100 }, wrong: [{ duration: 0 }, { duration: 1e9 }] },
  "GPMotion.listenBlow": { params: {} },
  "GPMotion.stopListenBlow": { params: {} },
  "GPFile.save": {
    params: { url: "http://127.0.0.1:9/receipt.pdf", name: "receipt.pdf", destination: "DOWNLOADS" },
    wrong: [
      { url: "data:text/plain,x", destination: "DOWNLOADS" },
      { url: "/receipt.pdf", destination: "DOWNLOADS" },
      { url: "https://kopi.example/x", name: "../x", destination: "DOWNLOADS" },
      { url: "https://kopi.example/x", destination: "DESKTOP" },
    ],
  },
  "GPShare.share": { params: { text: "Two coffees" }, wrong: [{ text: "" }] },
  "GPCamera.takePhoto": { params: { mode: "camera", needBase64: true }, wrong: [{ mode: "selfie" }] },
  "GPAnalytics.trackEvent": {
    params: { eventName: "order", metaData: { page_id: "menu" } },
    wrong: [
      { eventName: "order", metaData: {} },
      { eventName: "", metaData: { page_id: "menu" } },
    ],
  },
  "GPUIToast.toast": { params: { message: "Ready", duration: 5 }, wrong: [{ message: "" }, { message: "Ready", duration: 0 }] },
  "GPNavigationBar.update": {
    params: { title: "Kopi", titleColor: "#101828", barStyle: "float", backgroundColor: "#ffffff80", hideBackButton: "false" },
    wrong: [
      { titleColor: "red" },
      { backgroundColor: "#12345" },
      { backgroundColor: "url(x)" },
      { barStyle: "round" },
      { hideBackButton: "no" },
    ],
  },
  "GPNavigationBar.getHeight": { params: {} },
};
