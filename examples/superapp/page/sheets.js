// The sheets of the super app, as modal dialogs: the mini app behind them gets no key and no click.

const make = (tag, members, ...children) => {
  const element = Object.assign(document.createElement(tag), members);
  element.append(...children);
  return element;
};

/** How long a new sheet ignores its buttons, in ms, so that a click that was meant for the page below decides nothing. */
const ARM_AFTER = 400;

/**
 * Shows a sheet. Resolves with the value of the pressed button, and with undefined after Escape, or when the ask ends.
 * @param buttons [text, value, className] of each
 */
function showSheet(title, content, buttons, signal) {
  const heading = make("h2", { id: "sheet-title", textContent: title, tabIndex: -1, autofocus: true });
  const row = make("div", { className: "buttons" });
  const sheet = make("dialog", { className: "sheet" }, heading, ...content, row);
  sheet.setAttribute("aria-labelledby", heading.id);
  return new Promise((resolve) => {
    const end = (value) => {
      signal.removeEventListener("abort", stop);
      sheet.remove();
      resolve(value);
    };
    const stop = () => end(undefined);
    const all = buttons.map(([textContent, value, className = ""]) => {
      const button = make("button", { type: "button", textContent, className, disabled: true });
      button.addEventListener("click", () => end(value));
      return button;
    });
    row.append(...all);
    if (signal.aborted) return resolve(undefined);
    signal.addEventListener("abort", stop);
    sheet.addEventListener("close", stop); // Escape
    document.body.append(sheet);
    sheet.showModal();
    setTimeout(() => {
      for (const button of all) button.disabled = false;
    }, ARM_AFTER);
  });
}

const problems = {
  insufficient_funds: "Your balance is too low.",
  charge_declined: "The payment was declined.",
  offline: "You are offline.",
  unreachable: "No answer came. Try again.",
};

/** Says why the answer before was refused. */
const problemOf = ({ problem }) =>
  problem ? [make("p", { className: "problem", role: "alert", textContent: problems[problem.code] ?? problem.message })] : [];

/** Asks for consents. The person may leave out each one that is not mandatory. */
export async function askConsent(ask, signal) {
  const boxes = ask.consents.map(({ name, mandatory }) =>
    make("input", { type: "checkbox", value: name, checked: true, disabled: mandatory }),
  );
  const lines = ask.consents.map(({ title, reason, mandatory }, i) =>
    make(
      "li",
      {},
      make("label", {}, boxes[i], make("span", { textContent: title.en + (mandatory ? " (required)" : "") })),
      make("p", { textContent: reason }),
    ),
  );
  const names = ask.consents.map(({ title }) => title.en).join(", ");
  const allowed = await showSheet(
    `Allow ${ask.app.name} to use ${names}?`,
    [...problemOf(ask), make("ul", { className: "consents" }, ...lines)],
    [
      ["Don't allow", false],
      ["Allow", true, "main"],
    ],
    signal,
  );
  if (allowed === undefined) return undefined;
  if (!allowed) return { answer: "decline" };
  return { answer: "allow", consents: boxes.filter(({ checked }) => checked).map(({ value }) => value) };
}

const rupiah = ({ value }) => `Rp${Number(value).toLocaleString("id-ID", { maximumFractionDigits: 0 })}`;

/** Asks for a payment. */
export async function askPayment(ask, signal) {
  const { payment, wallet } = ask;
  const answer = await showSheet(
    `Pay ${ask.app.name}`,
    [
      ...problemOf(ask),
      make("p", { className: "amount", textContent: rupiah(payment.amount) }),
      make("p", { textContent: payment.title }),
      ...(wallet ? [make("p", { className: "quiet", textContent: `Your balance: ${rupiah(wallet.balance)}` })] : []),
    ],
    [
      ["Cancel", "cancelled"],
      ["Later", "pending"],
      ["Pay", "success", "main"],
    ],
    signal,
  );
  return answer && { answer };
}

/** Asks whether a mini app may open an address. */
export const askOpen = (name, address, signal) =>
  showSheet(
    `Let ${name} open this?`,
    [make("p", { className: "address", textContent: address })],
    [
      ["Don't open", false],
      ["Open", true, "main"],
    ],
    signal,
  );
