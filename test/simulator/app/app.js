// The SDK as installed from the running Selasar, whose origin is that of the page's host.
const { default: MiniAppSDK } = await import(`${location.ancestorOrigins[0]}/sdk/miniapp-client.js`);
const sdk = new MiniAppSDK({ useDummyService: false });

// Tests start a call without waiting for it, act in the phone, and then read the result.
window.start = (method, ...args) => {
  const output = document.getElementById("result");
  output.textContent = "";
  sdk[method](...args).then((result) => {
    output.textContent = JSON.stringify(result);
  });
};
document.body.dataset.ready = "true";
