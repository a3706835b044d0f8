/** What a person and a page do with the tests' mini app, in every browser. `its` is the object of `inEveryBrowser`. */
export function warung(its) {
  return {
    /** Opens the mini app, whose consents are allowed without a sheet. */
    async open() {
      await its.selasar.control("PATCH", "/answers", { consent: "allow" });
      await its.page.goto(its.selasar.simulator);
      await its.page.button("Open Warung").click();
      await its.page.frame().css("body[data-ready]").waitFor();
    },
    /** Starts a call in the mini app; `result()` waits for it. */
    call: (method, ...args) => its.page.frame().evaluate(([name, rest]) => window.start(name, ...rest), [method, args]),
    result: () => its.page.frame().waitForFunction(() => JSON.parse(document.getElementById("result").textContent || "null")),
    /** Creates a payment and starts to pay it. */
    async order() {
      const { deeplink } = await its.selasar.control("POST", "/payments", { amount: 15_000, title: "Two coffees" });
      await this.call("triggerPayment", { deeplink });
      await its.page.role("dialog", "Pay Warung").waitFor();
    },
  };
}
