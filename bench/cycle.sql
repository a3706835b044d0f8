-- getAuthCode, then the exchange of its code, then their two lines in the journal.
\set one random(1, 9000000000000000000)
\set two random(1, 9000000000000000000)
SELECT id, mini_app_id, user_id, path, state, reason, missing, created_at, ended_at, device FROM launches WHERE id = 'none';
SELECT registration FROM mini_apps WHERE id = 'bench';
SELECT mini_app_id, generation, private_key, notify_key, previous, previous_until, made_at FROM credentials WHERE mini_app_id = 'bench';
SELECT registration FROM mini_apps WHERE id = 'bench';
SELECT id, mini_app_id, user_id, path, state, reason, missing, created_at, ended_at, device FROM launches WHERE id = 'none';
SELECT id, name, username, phone, email, account_id, balance, coins, gems, bank_code, bank_name, bank_number, created_at FROM users WHERE id = 'none';
BEGIN ISOLATION LEVEL READ COMMITTED;
INSERT INTO auth_tokens (id, mini_app_id, user_id, launch_id, secret_hash, created_at, revoked_at) VALUES ('bench ' || :one || ' ' || :two, 'bench', 'none', 'none', '0123456789abcdef0123456789abcdef', 1, 0) ON CONFLICT (id) DO NOTHING;
COMMIT;
INSERT INTO journal (id, at, kind, event, mini_app_id, user_id, launch_id, call_id, payment, title, outcome, code, message, next, duration_us, detail)
    VALUES ('bench call ' || :one || ' ' || :two, 1, 'call', 'call.succeeded', 'bench', 'none', 'none', 'none', '', 'getAuthCode', 'ok', 0, '', '', 100, '{}'),
        ('bench request ' || :one || ' ' || :two, 1, 'request', 'request.answered', 'bench', 'none', 'none', 'none', '', 'token', 'ok', 0, '', '', 100, '{}') ON CONFLICT (id) DO UPDATE SET title = excluded.title, outcome = excluded.outcome, code = excluded.code,
		message = excluded.message, next = excluded.next, detail = excluded.detail;
