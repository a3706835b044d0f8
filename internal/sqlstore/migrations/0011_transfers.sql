-- Money that the operator's provider moves. The reason of a state is not the note of a refund, which the mini app's backend gave.
CREATE TABLE transfers (
    id TEXT PRIMARY KEY, -- the idempotency key
    kind TEXT NOT NULL, -- charge or refund
    payment TEXT NOT NULL,
    mini_app_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount >= 0),
    title TEXT NOT NULL,
    charge_id TEXT NOT NULL, -- of a refund: the charge that it returns
    partner_no TEXT NOT NULL, -- of a refund: partnerRefundNo
    note TEXT NOT NULL,
    until BIGINT NOT NULL, -- not sent at this time or after it; 0 for no limit
    state TEXT NOT NULL, -- sending, done, declined or cancelled
    reason TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL, -- by the machine's clock; while a try is under way, when its lease ends
    created_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL
);
CREATE INDEX transfers_waiting ON transfers (next_at) WHERE state = 'sending';
CREATE INDEX transfers_of_payment ON transfers (payment, created_at);
-- A payment has one charge under way or done.
CREATE UNIQUE INDEX transfers_one_charge ON transfers (payment) WHERE kind = 'charge' AND state IN ('sending', 'done');
-- The charge that holds a payment, and the sum of the refunds that the provider has not answered.
ALTER TABLE payments ADD COLUMN charge TEXT NOT NULL DEFAULT '';
ALTER TABLE payments ADD COLUMN refunding BIGINT NOT NULL DEFAULT 0;
