-- The W3C traceparent of the request that caused a notification; empty for none.
ALTER TABLE notifications ADD COLUMN trace TEXT NOT NULL DEFAULT '';
