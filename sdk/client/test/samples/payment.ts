import MiniAppSDK from "@gopay/miniapp-client";

const miniAppSdk = new MiniAppSDK({ useDummyService: !import.meta.env.PROD });

miniAppSdk
  .triggerPayment({ deeplink: "gopay://merchanttransfer?tref=1" })
  .then((result) => {
    switch (result.data.status) {
      case "success":
        return console.log("paid", result.error?.message);
      case "cancelled":
      case "failed":
      case "pending":
        return console.log(result.data.status);
      default:
        return console.log(result.error?.message);
    }
  })
  .catch((error) => {
    console.log("rejected", error);
  });
