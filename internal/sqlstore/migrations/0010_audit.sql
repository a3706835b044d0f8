-- The newest link of each chain of a ledger: of its hash and number, with a seal that only the master key makes.
CREATE TABLE chain_heads (
    ledger TEXT NOT NULL, -- audit
    chain BIGINT NOT NULL,
    number BIGINT NOT NULL,
    adopted BIGINT NOT NULL, -- how many entries are from before the chain began
    hash BYTEA NOT NULL,
    seal BYTEA NOT NULL,
    PRIMARY KEY (ledger, chain)
);

-- The audit log: one chain. Entries are added and never changed.
CREATE TABLE audit_log (
    number BIGINT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL, -- the id of an API key, or 'system'
    name TEXT NOT NULL, -- the key's name
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    mini_app_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    detail TEXT NOT NULL, -- JSON without secrets; empty for none
    request_id TEXT NOT NULL,
    address TEXT NOT NULL,
    hash BYTEA NOT NULL -- of the log up to this entry
);
CREATE INDEX audit_log_of_actor ON audit_log (actor, number);
CREATE INDEX audit_log_of_app ON audit_log (mini_app_id, number);
CREATE INDEX audit_log_of_user ON audit_log (user_id, number);
