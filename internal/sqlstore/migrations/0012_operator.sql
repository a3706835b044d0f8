-- What an operator's platform keeps: the keys of its API, the registrations of mini apps
-- with their versions, and the device of a launch.

CREATE TABLE api_keys (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    scopes TEXT NOT NULL, -- separated by spaces; empty for all that the role may do
    hash BYTEA NOT NULL, -- SHA-256 of the key's text
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    created_by TEXT NOT NULL
);

CREATE TABLE registrations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    live BIGINT NOT NULL, -- the number of the live version; 0 for none
    versions BIGINT NOT NULL, -- the number of the newest version
    revision BIGINT NOT NULL,
    permissions TEXT NOT NULL, -- JSON
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    next_expiry BIGINT NOT NULL -- when the next grant expires; 0 for never
);
CREATE INDEX registrations_expiring ON registrations (next_expiry) WHERE next_expiry > 0;

CREATE TABLE versions (
    mini_app_id TEXT NOT NULL REFERENCES registrations (id),
    number BIGINT NOT NULL,
    state TEXT NOT NULL,
    origin TEXT NOT NULL,
    manifest TEXT NOT NULL, -- miniapp.json as submitted
    submitted_at BIGINT NOT NULL,
    submitted_by TEXT NOT NULL,
    decided_at BIGINT NOT NULL,
    decided_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (mini_app_id, number)
);

-- The device that an operator names when it opens a launch, as JSON; empty for a simulated one.
ALTER TABLE launches ADD COLUMN device TEXT NOT NULL DEFAULT '';

-- A recovery reads the dead notifications of one mini app.
CREATE INDEX notifications_dead ON notifications (mini_app_id, id) WHERE state = 'dead';
