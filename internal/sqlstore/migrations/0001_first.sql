-- Times are ms since the epoch, amounts whole rupiah, ids UUIDs of version 7.
-- One text for every engine: what SQLite and PostgreSQL read alike, and nothing else.

-- Which of these files have run.
CREATE TABLE schema_versions (
    version BIGINT PRIMARY KEY
);

-- One row: what only the master key opens that the database belongs to.
CREATE TABLE master_key (
    id BIGINT PRIMARY KEY,
    proof BYTEA NOT NULL
);

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE mini_apps (
    id TEXT PRIMARY KEY,
    registration TEXT NOT NULL
);

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    username TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    account_id TEXT NOT NULL UNIQUE,
    balance BIGINT NOT NULL CHECK (balance >= 0),
    coins BIGINT NOT NULL CHECK (coins >= 0),
    gems BIGINT NOT NULL CHECK (gems >= 0),
    bank_code TEXT NOT NULL,
    bank_name TEXT NOT NULL,
    bank_number BYTEA NOT NULL, -- encrypted with the master key; empty for none
    created_at BIGINT NOT NULL
);

CREATE TABLE wallet_entries (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    unit TEXT NOT NULL, -- IDR, COINS or GEMS
    amount BIGINT NOT NULL,
    balance BIGINT NOT NULL CHECK (balance >= 0),
    title TEXT NOT NULL,
    mini_app_id TEXT NOT NULL, -- whose doing it was; empty for none
    payment TEXT NOT NULL,
    cause TEXT NOT NULL, -- what of the payment moved it: 'paid', the number of a refund, or 'reward'
    at BIGINT NOT NULL
);
CREATE INDEX wallet_entries_of_user ON wallet_entries (user_id, id);
CREATE UNIQUE INDEX wallet_entries_once ON wallet_entries (payment, cause) WHERE payment <> '';

CREATE TABLE launches (
    id TEXT PRIMARY KEY,
    mini_app_id TEXT NOT NULL REFERENCES mini_apps (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    path TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL
);

-- The consent ledger. Entries are added and never changed.
CREATE TABLE consents (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    mini_app_id TEXT NOT NULL REFERENCES mini_apps (id),
    name TEXT NOT NULL,
    action TEXT NOT NULL,
    at BIGINT NOT NULL,
    wording TEXT NOT NULL,
    app_version TEXT NOT NULL,
    launch_id TEXT NOT NULL,
    source TEXT NOT NULL
);
CREATE INDEX consents_of_user ON consents (user_id, mini_app_id, name, id);

CREATE TABLE asks (
    id TEXT PRIMARY KEY,
    launch_id TEXT NOT NULL REFERENCES launches (id),
    call_id TEXT NOT NULL,
    method TEXT NOT NULL,
    params TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    show TEXT NOT NULL,
    subject TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    answered_at BIGINT NOT NULL
);
CREATE INDEX asks_open ON asks (expires_at) WHERE state = 'open';
CREATE INDEX asks_of_launch ON asks (launch_id) WHERE state = 'open';

-- A row is the one redemption of an auth code: its id follows from the code.
CREATE TABLE auth_tokens (
    id TEXT PRIMARY KEY,
    mini_app_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    launch_id TEXT NOT NULL,
    secret_hash BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL
);

-- A row is the one redemption of a bank account token.
CREATE TABLE bank_tokens (
    id TEXT PRIMARY KEY,
    mini_app_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    spent_at BIGINT NOT NULL
);

-- What calls with an idempotency key have done: Request-Id of the mini-app APIs, X-EXTERNAL-ID of BI-SNAP.
CREATE TABLE requests (
    mini_app_id TEXT NOT NULL,
    space TEXT NOT NULL, -- which of the two
    request_id TEXT NOT NULL,
    operation TEXT NOT NULL,
    body_hash BYTEA NOT NULL,
    subject TEXT NOT NULL,
    answer BYTEA NOT NULL, -- the first answer, where it is replayed byte for byte; empty otherwise
    at BIGINT NOT NULL,
    PRIMARY KEY (mini_app_id, space, request_id)
);
CREATE INDEX requests_by_age ON requests (at);

CREATE TABLE payments (
    ref TEXT PRIMARY KEY,
    mini_app_id TEXT NOT NULL REFERENCES mini_apps (id),
    via TEXT NOT NULL, -- control, snap or checkout
    partner_ref TEXT NOT NULL, -- the mini app's own number of the order
    external_id TEXT NOT NULL, -- X-EXTERNAL-ID of the request that made it
    amount BIGINT NOT NULL CHECK (amount > 0),
    refunded BIGINT NOT NULL CHECK (refunded >= 0 AND refunded <= amount),
    title TEXT NOT NULL,
    details TEXT NOT NULL, -- JSON: what of the order is echoed later; empty for none
    state TEXT NOT NULL,
    sheet_ask TEXT NOT NULL,
    user_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    settled_at BIGINT NOT NULL,
    shown_at BIGINT NOT NULL, -- when a page was told that it is paid
    proved_at BIGINT NOT NULL, -- when the mini app's backend learned how it stands
    warned_at BIGINT NOT NULL -- when the journal warned that it never did
);
CREATE INDEX payments_unsettled ON payments (expires_at) WHERE settled_at = 0;
CREATE INDEX payments_unproved ON payments (shown_at) WHERE shown_at > 0 AND proved_at = 0 AND warned_at = 0;
CREATE INDEX payments_of_request ON payments (mini_app_id, external_id);

CREATE TABLE refunds (
    refund_no TEXT PRIMARY KEY,
    payment TEXT NOT NULL REFERENCES payments (ref),
    partner_refund_no TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    UNIQUE (payment, partner_refund_no)
);

-- What mini apps' backends are told, in order per payment.
CREATE TABLE notifications (
    id TEXT PRIMARY KEY,
    mini_app_id TEXT NOT NULL,
    payment TEXT NOT NULL,
    number BIGINT NOT NULL, -- its place among those of the payment, from 1
    status TEXT NOT NULL, -- latestTransactionStatus
    body TEXT NOT NULL,
    state TEXT NOT NULL, -- waiting, delivered or dead
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL, -- not before; while a try is under way, when its lease ends
    created_at BIGINT NOT NULL,
    ended_at BIGINT NOT NULL,
    UNIQUE (payment, number)
);
CREATE INDEX notifications_due ON notifications (next_at) WHERE state = 'waiting';
CREATE INDEX notifications_to ON notifications (mini_app_id, next_at) WHERE state = 'waiting';

CREATE TABLE deliveries (
    notification_id TEXT NOT NULL REFERENCES notifications (id),
    attempt BIGINT NOT NULL,
    at BIGINT NOT NULL,
    url TEXT NOT NULL,
    status BIGINT NOT NULL, -- of HTTP; 0 for none
    error TEXT NOT NULL,
    request_headers TEXT NOT NULL,
    response_headers TEXT NOT NULL,
    response_body TEXT NOT NULL,
    duration_us BIGINT NOT NULL,
    PRIMARY KEY (notification_id, attempt)
);

-- Push notifications and reminders, as the super app shows them.
CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL, -- push or reminder
    mini_app_id TEXT NOT NULL REFERENCES mini_apps (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    reminder_id TEXT NOT NULL, -- what the mini app calls a reminder; empty for a push
    template TEXT NOT NULL,
    parameters TEXT NOT NULL, -- JSON
    created_at BIGINT NOT NULL,
    removed_at BIGINT NOT NULL -- 0 while it is shown
);
CREATE INDEX messages_of_user ON messages (user_id, id) WHERE removed_at = 0;
CREATE UNIQUE INDEX messages_once ON messages (mini_app_id, user_id, reminder_id) WHERE removed_at = 0 AND kind = 'reminder';

-- A mini app's credentials follow from the master key and these.
CREATE TABLE credentials (
    mini_app_id TEXT PRIMARY KEY,
    generation BIGINT NOT NULL, -- counts rotations, from 1
    private_key BYTEA NOT NULL, -- RSA of the mini app's backend, encrypted with the master key
    notify_key BYTEA NOT NULL, -- RSA that signs its notifications, encrypted likewise
    previous BYTEA NOT NULL, -- RSA public key of the generation before, encrypted; empty when that is not taken
    previous_until BIGINT NOT NULL,
    made_at BIGINT NOT NULL
);

CREATE TABLE journal (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    mini_app_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    launch_id TEXT NOT NULL,
    call_id TEXT NOT NULL,
    payment TEXT NOT NULL,
    title TEXT NOT NULL,
    outcome TEXT NOT NULL,
    code BIGINT NOT NULL,
    message TEXT NOT NULL,
    next TEXT NOT NULL,
    duration_us BIGINT NOT NULL,
    detail TEXT NOT NULL
);
