-- What a platform keeps of :to rounds: each a closed launch with an answered ask, an auth token, a consent that was given,
-- and a paid payment with its wallet entry and its delivered notification. Older rounds have smaller ids and times.
INSERT INTO launches (id, mini_app_id, user_id, path, state, reason, missing, created_at, ended_at)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :to)
    SELECT '01900000-0000-7000-8000-' || (100000000000 + i), 'bench', (SELECT min(id) FROM users), '', 'ended', 'user_closed', '', 1700000000000 + i, 1700000001000 + i FROM n;
INSERT INTO asks (id, launch_id, call_id, method, params, kind, state, show, subject, created_at, expires_at, answered_at)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :to)
    SELECT '01900000-0001-7000-8000-' || (100000000000 + i), '01900000-0000-7000-8000-' || (100000000000 + i), 'c1', 'getConsent', '{"consent_name":"location"}',
        'consent', 'answered', '{}', 'location', 1700000000000 + i, 1700000300000 + i, 1700000000500 + i FROM n;
INSERT INTO auth_tokens (id, mini_app_id, user_id, launch_id, secret_hash, created_at, revoked_at)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :to)
    SELECT '01900000-0002-7000-8000-' || (100000000000 + i), 'bench', (SELECT min(id) FROM users), '01900000-0000-7000-8000-' || (100000000000 + i),
        '0123456789abcdef0123456789abcdef', 1700000000000 + i, 0 FROM n;
-- Only the master key makes the links of a chain, so these consents are in none: chain -1.
INSERT INTO consents (id, user_id, mini_app_id, name, action, at, wording, app_version, launch_id, source, chain, number, salt, commitment, hash)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :to)
    SELECT '01900000-0003-7000-8000-' || (100000000000 + i), (SELECT min(id) FROM users), 'bench', 'location', 'given', 1700000000000 + i,
        'To measure', '2.0.0', '01900000-0000-7000-8000-' || (100000000000 + i), 'user', -1, i,
        '0123456789abcdef', '0123456789abcdef0123456789abcdef', '0123456789abcdef0123456789abcdef' FROM n;
INSERT INTO payments (ref, mini_app_id, via, partner_ref, external_id, amount, refunded, title, details, state, sheet_ask, user_id, created_at, expires_at, settled_at, shown_at, proved_at, warned_at)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :to)
    SELECT 'A020231114221320GROWTH' || (100000000000 + i), 'bench', 'snap', '17', 'growth-' || i, 15000, 0, 'Kopi susu', '', 'paid', '', (SELECT min(id) FROM users),
        1700000000000 + i, 1700000900000 + i, 1700000001000 + i, 1700000001000 + i, 1700000002000 + i, 0 FROM n;
INSERT INTO wallet_entries (id, user_id, unit, amount, balance, title, mini_app_id, payment, cause, at)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :to)
    SELECT '01900000-0004-7000-8000-' || (100000000000 + i), (SELECT min(id) FROM users), 'IDR', -15000, 1000000, 'Kopi susu', 'bench',
        'A020231114221320GROWTH' || (100000000000 + i), 'paid', 1700000001000 + i FROM n;
INSERT INTO notifications (id, mini_app_id, payment, number, status, body, state, attempts, next_at, created_at, ended_at)
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :to)
    SELECT '01900000-0005-7000-8000-' || (100000000000 + i), 'bench', 'A020231114221320GROWTH' || (100000000000 + i), 1, '00', '{"latestTransactionStatus":"00"}',
        'delivered', 1, 0, 1700000001000 + i, :now FROM n;
