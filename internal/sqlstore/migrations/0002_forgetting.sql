-- What is over is found by when it ended, and forgotten some time after.
CREATE INDEX notifications_ended ON notifications (ended_at) WHERE state <> 'waiting';
CREATE INDEX asks_closed ON asks (answered_at) WHERE state <> 'open';
CREATE INDEX auth_tokens_revoked ON auth_tokens (revoked_at) WHERE revoked_at > 0;
CREATE INDEX bank_tokens_spent ON bank_tokens (spent_at);
CREATE INDEX messages_removed ON messages (removed_at) WHERE removed_at > 0;
