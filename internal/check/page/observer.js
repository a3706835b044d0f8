// What `selasar check` sees of a mini app's page. The browser runs it before the page's own scripts, in each document of the
// mini app's origin. It reports each JSAPI call with its place in the code, and changes no answer.
(() => {
  if (location.origin !== "{{origin}}" || top === self) return;
  const report = globalThis["{{binding}}"];
  const send = (message) => report(JSON.stringify(message));
  const nested = parent !== top; // a frame inside the mini app's page
  send({ type: "document", nested, path: location.pathname + location.search + location.hash });
  addEventListener("load", () => send({ type: "loaded" }));
  addEventListener("pagehide", () => send({ type: "left" }));

  const stack = () => {
    const before = Error.stackTraceLimit;
    Error.stackTraceLimit = 50;
    const text = String(new Error().stack);
    Error.stackTraceLimit = before;
    return text;
  };

  let calls = 0;
  const written = (params) => {
    try {
      return JSON.stringify(params) ?? "";
    } catch {
      return "";
    }
  };
  const watchCalls = (page) => {
    const { ask } = page;
    page.ask = function (question, ...more) {
      const answer = ask.call(this, question, ...more);
      if (question?.type !== "call") return answer;
      const id = ++calls;
      const { dialect = "", method, name } = question;
      send({ type: "call", id, dialect, method: String(name ?? method), params: written(question.params), stack: stack() });
      const done = (result) => send({ type: "answer", id, success: result?.success === true });
      answer.then(done, done);
      return answer;
    };
  };

  // gpContainer.call refuses some arguments itself, and then asks nobody.
  const watchArguments = (container) => {
    const { call } = container;
    if (typeof call !== "function") return;
    container.call = function (...args) {
      const [className, methodName, params] = args;
      const before = calls;
      const answer = call.apply(this, args);
      if (calls > before) return answer;
      let message = "";
      if (typeof params === "function") message = "the third argument is the parameters, got a function; pass {} before the callbacks";
      for (const [name, value] of Object.entries({ className, methodName })) {
        if (typeof value !== "string" || value === "")
          message = `${name} must be the name of a ${name.replace("Name", "")}, got ${written(value) || value}`;
      }
      send({ type: "refused", method: `${className}.${methodName}`, message, stack: stack() });
      return answer;
    };
  };

  // Every script of the bridge shares one object, which the first one puts under this key.
  const key = Symbol.for("selasar.page.1");
  let shared;
  Object.defineProperty(globalThis, key, {
    configurable: true,
    get: () => shared,
    set(page) {
      shared = page;
      if (typeof page?.ask !== "function") return;
      watchCalls(page);
      const { on } = page;
      page.on = function (name, ...more) {
        if (name === "dialectevent" && globalThis.gpContainer) watchArguments(globalThis.gpContainer);
        return on.call(this, name, ...more);
      };
    },
  });
})();
