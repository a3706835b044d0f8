-- A foreign key has an index, because deleting a row looks for rows that refer to it.
-- A list has an index in its order, so that a page costs the same at any size.
DROP INDEX asks_of_launch;
CREATE INDEX asks_of_launch ON asks (launch_id, id);
CREATE INDEX launches_of_app ON launches (mini_app_id, id);
CREATE INDEX launches_of_user ON launches (user_id, id);
CREATE INDEX consents_ledger ON consents (mini_app_id, user_id, id);
DROP INDEX messages_of_user;
CREATE INDEX messages_of_user ON messages (user_id, removed_at, id);
CREATE INDEX messages_of_app ON messages (mini_app_id);
CREATE INDEX payments_by_time ON payments (created_at, ref);
-- An expression: with the column itself, SQLite would look for due notifications among all waiting ones.
CREATE INDEX notifications_by_state ON notifications ((state || ''), id);

-- Payments of the control API are never looked for, so they are not in the index.
DROP INDEX payments_unproved;
CREATE INDEX payments_unproved ON payments (shown_at) WHERE shown_at > 0 AND proved_at = 0 AND warned_at = 0 AND via <> 'control';
