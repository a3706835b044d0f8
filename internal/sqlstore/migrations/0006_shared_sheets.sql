-- Calls that ask the same question at once share one sheet: their asks name it.
ALTER TABLE asks ADD COLUMN sheet TEXT NOT NULL DEFAULT '';
CREATE INDEX asks_sharing ON asks (sheet) WHERE state = 'open' AND sheet <> '';
