// The SDK as it is installed from the running Selasar: the page's host is where it comes from.
const { default: MiniAppSDK } = await import(`${location.ancestorOrigins[0]}/sdk/miniapp-client.js`);

const output = document.getElementById("result");
const show = (value) => { output.textContent = JSON.stringify(value ?? null); };

// A call by its method's name, without waiting for it: the test acts in the phone meanwhile.
const sdk = new MiniAppSDK({ useDummyService: false });
window.start = (method, ...args) => {
  output.textContent = "";
  sdk[method](...args).then(show, (reason) => show({ rejected: String(reason) }));
};

// The ways in which the documentation's samples call the methods: with await, with then and catch, with
// the error read through ?., on an instance made as the samples make it.
const samples = {
  async login() {
    const miniAppSdk = new MiniAppSDK({ useDummyService: false });
    const result = await miniAppSdk.getAuthCode();
    if (result.success) return { authCode: result.data.authCode };
    throw new Error(result.error?.message);
  },
  deeplink() {
    const miniAppSdk = new MiniAppSDK({ useDummyService: false });
    return miniAppSdk.openGopayDeeplink("gopay://home").then((result) => ({ opened: result.success })).catch((error) => ({ error }));
  },
  refusedDeeplink() {
    const miniAppSdk = new MiniAppSDK({ useDummyService: false });
    return miniAppSdk.openGopayDeeplink("gopay://elsewhere").then(({ success, error }) => ({ success, code: error?.code })).catch((error) => ({ error }));
  },
  async payment(deeplink) {
    const miniAppSdk = new MiniAppSDK({ useDummyService: false });
    const result = await miniAppSdk.triggerPayment({ deeplink });
    switch (result.data?.status) {
      case "success": return "paid";
      case "cancelled": return "cancelled by the user";
      case "failed": return "could not be processed";
      case "pending": return "left unfinished";
      default: return result.error?.message;
    }
  },
  async consent() {
    const miniAppSdk = new MiniAppSDK({ useDummyService: false });
    const { success, data } = await miniAppSdk.getConsent("location");
    if (success && data.has_consent) {
      const location = await miniAppSdk.getLocation();
      return { consent: data.consent_name, latitude: location.data.latitude, time: new Date(location.data.time).getTime() };
    }
    return "no consent";
  },
  async device() {
    const miniAppSdk = new MiniAppSDK({ useDummyService: false });
    const { data: info } = await miniAppSdk.getSystemInfo();
    const { data: wifi } = await miniAppSdk.getWifiInfo();
    return { brand: info.brand, os: info.os_type, ssid: wifi.wifi_ssid };
  },
  async bank() {
    const miniAppSdk = new MiniAppSDK({ useDummyService: false });
    const { data } = await miniAppSdk.getBankAccountToken();
    return { token: typeof data.token };
  },
  // With the dummy service on, as in development builds.
  async dummy(useDummyService) {
    const miniAppSdk = new MiniAppSDK({ useDummyService });
    return miniAppSdk.getAuthCode();
  },
};
window.sample = (name, ...args) => {
  output.textContent = "";
  Promise.resolve(samples[name](...args)).then(show, (reason) => show({ rejected: String(reason) }));
};
document.body.dataset.ready = "true";
