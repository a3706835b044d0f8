-- Bytes that travel by reference, such as a picture. They belong to a launch.
CREATE TABLE blobs (
    id TEXT NOT NULL PRIMARY KEY,
    launch_id TEXT NOT NULL,
    type TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX blobs_of_launch ON blobs (launch_id, expires_at);
CREATE INDEX blobs_expired ON blobs (expires_at);
