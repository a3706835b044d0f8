-- 1 while a try is under way. next_at is then the end of its lease by the machine's clock, which nobody moves.
ALTER TABLE notifications ADD COLUMN leased BIGINT NOT NULL DEFAULT 0;
UPDATE notifications SET leased = 1 WHERE state = 'waiting' AND attempts > 0
    AND NOT EXISTS (SELECT 1 FROM deliveries WHERE notification_id = notifications.id AND attempt = notifications.attempts);
