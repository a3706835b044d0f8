-- One row: the root key of the database, encrypted with the master key. Everything else is derived from
-- the root key, so that the master key can change. Without a row, the master key is the root key.
CREATE TABLE root_key (
    id BIGINT PRIMARY KEY,
    sealed BYTEA NOT NULL
);
