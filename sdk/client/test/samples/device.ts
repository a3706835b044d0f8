import MiniAppSDK from "@gopay/miniapp-client";

const miniAppSdk = new MiniAppSDK({ useDummyService: !import.meta.env.PROD });

const system = await miniAppSdk.getSystemInfo();
const wifi = await miniAppSdk.getWifiInfo();

console.log(typeof system.data?.brand, typeof system.data?.os_type, typeof wifi.data?.wifi_ssid, typeof wifi.data?.wifi_bssid);
