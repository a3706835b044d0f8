-- Why a launch was refused or ended is a code. Its words are rendered for each reader.
-- missing has the names of the mandatory consents that were declined, separated by spaces.
ALTER TABLE launches ADD COLUMN missing TEXT NOT NULL DEFAULT '';
UPDATE launches SET reason = 'user_closed' WHERE reason = 'the user closed the mini app';
UPDATE launches SET reason = 'consent_timeout' WHERE reason = 'nobody answered the consent sheet in time';
UPDATE launches SET reason = 'host_gone' WHERE reason = 'its host has gone and did not come back';
UPDATE launches SET reason = 'consent_declined' WHERE reason LIKE '% cannot open without: %';
