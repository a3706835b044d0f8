// gpContainer by its documented address.
const script = document.createElement("script");
script.src = "https://gwk.gopayapi.com/sdk/stable/gp-container.min.js";
script.onload = () => {
  document.body.dataset.ready = "true";
};
script.onerror = () => {
  document.body.dataset.ready = "never";
};
document.head.append(script);

// Tests start a call without waiting for it, act in the phone, and then read the result.
window.start = (name, params) => {
  const output = document.getElementById("result");
  output.textContent = "";
  const [className, methodName] = name.split(".");
  const tell = (callback) => (result) => {
    output.textContent = JSON.stringify({ callback, ...result });
  };
  window.gpContainer.call(className, methodName, params, tell("success"), tell("failure"));
};

// The number of events by name, and the last one.
window.heard = {};
for (const name of ["GPMotion.Event.accelerometer", "GPMotion.Event.compass", "motion.gyro", "motion.shake", "motion.blow"]) {
  document.addEventListener(name, ({ param }) => {
    window.heard[name] = { count: (window.heard[name]?.count ?? 0) + 1, param };
  });
}
