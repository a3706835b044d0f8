import MiniAppSDK from "@gopay/miniapp-client";

const miniAppSdk = new MiniAppSDK({ useDummyService: !import.meta.env.PROD });

const { data: info } = await miniAppSdk.getSystemInfo();
const { data: wifi } = await miniAppSdk.getWifiInfo();

console.log({ brand: info.brand, os: info.os_type, ssid: wifi.wifi_ssid });
