import assert from "node:assert/strict";

/**
 * Waits for the first entry of the journal that passes, stored or new, without a time limit.
 * @param selasar the result of startSelasar
 * @param passes reports whether an entry is the awaited one
 */
export async function entry(selasar, passes) {
  const ends = new AbortController();
  const stream = await fetch(`${selasar.simulator}control/v1/journal`, { headers: { Accept: "text/event-stream" }, signal: ends.signal });
  try {
    let rest = "";
    for await (const chunk of stream.body.pipeThrough(new TextDecoderStream())) {
      const events = (rest + chunk).split("\n\n");
      rest = events.pop();
      for (const event of events) {
        const data = event.startsWith(":")
          ? ""
          : event
              .split("\n")
              .find((line) => line.startsWith("data: "))
              ?.slice(6);
        const told = data && event.includes("event: entry") ? JSON.parse(data) : undefined;
        if (told && passes(told)) return told;
      }
    }
  } finally {
    ends.abort();
  }
  throw new Error("the journal ended");
}

/** Waits until a payment's notification of a status was delivered. */
export const notified = (selasar, payment, status) =>
  entry(
    selasar,
    ({ event, payment: about, detail }) => event === "notification.delivered" && about === payment && detail.status_desc === status,
  );

/** Returns the current user's balance. */
export async function balance(selasar) {
  const { users, current_user } = await selasar.control("GET", "/users");
  return users.find(({ id }) => id === current_user).balance.value;
}

/** Returns the newest payment, which must come from BI-SNAP. */
export async function newest(selasar) {
  const { payments } = await selasar.control("GET", "/payments");
  assert.equal(payments[0].via, "snap");
  return payments[0];
}
