-- The stable name of what an entry tells of: 'payment.paid'. Entries from
-- before have none.
ALTER TABLE journal ADD COLUMN event TEXT NOT NULL DEFAULT '';

-- Why a try failed, as a code. The error says it in words.
ALTER TABLE deliveries ADD COLUMN reason TEXT NOT NULL DEFAULT '';
UPDATE deliveries SET reason = 'sender_stopped' WHERE error = 'broken off: Selasar was stopped';
UPDATE deliveries SET reason = CASE status WHEN 0 THEN 'no_answer' ELSE 'answered_error' END WHERE error <> '' AND reason = '';
