// The SDK as installed from the running Selasar, on the page's own host name.
const { default: MiniAppSDK } = await import(`${location.ancestorOrigins[0]}/sdk/miniapp-client.js`);

const output = document.getElementById("result");
const show = (value) => {
  output.textContent = JSON.stringify(value ?? null);
};

// Starts a call by its method's name, without waiting for it: the test acts in the phone during the call.
const sdk = new MiniAppSDK({ useDummyService: false });
window.start = (method, ...args) => {
  output.textContent = "";
  sdk[method](...args).then(show, (reason) => show({ rejected: String(reason) }));
};

document.body.dataset.ready = "true";
