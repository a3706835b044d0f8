-- Each consent is an entry of one of 64 chains, by its user. An erasure empties user_id, wording, launch_id and salt;
-- so user_id refers to no row of users. Entries from before have the chain -1, until Selasar adopts them when it opens the database.
CREATE TABLE consent_ledger (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    mini_app_id TEXT NOT NULL REFERENCES mini_apps (id),
    name TEXT NOT NULL,
    action TEXT NOT NULL,
    at BIGINT NOT NULL,
    wording TEXT NOT NULL,
    app_version TEXT NOT NULL,
    launch_id TEXT NOT NULL,
    source TEXT NOT NULL,
    chain BIGINT NOT NULL,
    number BIGINT NOT NULL, -- in the chain, from 1, without gaps
    salt BYTEA NOT NULL DEFAULT '',
    commitment BYTEA NOT NULL DEFAULT '', -- to the content, with the salt
    hash BYTEA NOT NULL DEFAULT '', -- of the chain up to this entry
    erased_at BIGINT NOT NULL DEFAULT 0,
    tombstone BYTEA NOT NULL DEFAULT '' -- the proof of an erasure
);
INSERT INTO consent_ledger (id, user_id, mini_app_id, name, action, at, wording, app_version, launch_id, source, chain, number)
    SELECT id, user_id, mini_app_id, name, action, at, wording, app_version, launch_id, source, -1, row_number() OVER (ORDER BY id) FROM consents;
DROP TABLE consents;
ALTER TABLE consent_ledger RENAME TO consents;
CREATE INDEX consents_of_user ON consents (user_id, mini_app_id, name, id);
CREATE INDEX consents_ledger ON consents (mini_app_id, user_id, id);
CREATE INDEX consents_export ON consents (user_id, id);
CREATE UNIQUE INDEX consents_chain ON consents (chain, number);
