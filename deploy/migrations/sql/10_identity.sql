-- Identity. Accounts are of one jurisdiction; a sign-in and a token are tried before anybody is known, and so
-- only through the functions below, which run as the owner.

CREATE POLICY own_jurisdiction ON identity.unit USING (kit.in_jurisdiction(jurisdiction_id));
CREATE POLICY own_jurisdiction ON identity.area USING (kit.in_jurisdiction(jurisdiction_id));
CREATE POLICY own_jurisdiction ON identity.account USING (kit.in_jurisdiction(jurisdiction_id));
CREATE POLICY own_jurisdiction ON identity.account_role USING (kit.in_jurisdiction(jurisdiction_id));
CREATE POLICY own_jurisdiction ON identity.membership USING (kit.in_jurisdiction(jurisdiction_id));
CREATE POLICY own_jurisdiction ON identity.territory USING (kit.in_jurisdiction(jurisdiction_id));
CREATE POLICY own_jurisdiction ON identity.sign_in USING (kit.in_jurisdiction(jurisdiction_id));
CREATE POLICY own_jurisdiction ON identity.access_token USING (kit.in_jurisdiction(jurisdiction_id));

-- Who a cookie or a bearer token stands for. One round trip on every request of every service.

CREATE FUNCTION identity.principal_of(hash_of_token bytea, as_of timestamptz)
RETURNS TABLE (
    account_id uuid, jurisdiction_id text, name text, roles text [], units text [], areas text [],
    inboxes text []
)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
BEGIN ATOMIC
    -- Its owner sees when a sign-in was last used; five minutes are fine enough not to write on every request.
    UPDATE identity.sign_in SET last_seen_at = as_of
    WHERE sid_hash = hash_of_token AND last_seen_at < as_of - interval '5 minutes'
        AND revoked_at IS NULL AND expires_at > as_of;

    WITH carrier AS (
        SELECT s.account_id, NULL::text [] AS at_most
        FROM identity.sign_in AS s
        WHERE s.sid_hash = hash_of_token AND s.revoked_at IS NULL AND s.expires_at > as_of
        UNION ALL
        SELECT t.account_id, t.roles
        FROM identity.access_token AS t
        WHERE t.token_hash = hash_of_token AND t.revoked_at IS NULL AND t.expires_at > as_of
    ),
    today AS (SELECT (as_of AT TIME ZONE 'Asia/Shanghai')::date AS on_day)
    SELECT
        a.account_id,
        a.jurisdiction_id,
        a.name,
        ARRAY(
            SELECT r.role::text FROM identity.account_role AS r
            WHERE r.account_id = a.account_id AND (c.at_most IS NULL OR r.role::text = ANY (c.at_most))
            ORDER BY r.role
        ),
        ARRAY(
            SELECT m.unit_id FROM identity.membership AS m JOIN identity.unit AS u USING (unit_id)
            WHERE m.account_id = a.account_id AND u.active
                AND today.on_day >= m.from_on AND (m.to_on IS NULL OR today.on_day <= m.to_on)
            ORDER BY m.unit_id
        ),
        ARRAY(
            SELECT t.area_prefix FROM identity.territory AS t
            WHERE t.account_id = a.account_id
                AND today.on_day >= t.from_on AND (t.to_on IS NULL OR today.on_day <= t.to_on)
            ORDER BY t.area_prefix
        ),
        ARRAY(
            SELECT DISTINCT u.service FROM identity.membership AS m JOIN identity.unit AS u USING (unit_id)
            WHERE m.account_id = a.account_id AND u.active
                AND today.on_day >= m.from_on AND (m.to_on IS NULL OR today.on_day <= m.to_on)
            ORDER BY u.service
        )
    FROM carrier AS c JOIN identity.account AS a USING (account_id) CROSS JOIN today
    WHERE a.active;
END;

COMMENT ON FUNCTION identity.principal_of(bytea, timestamptz) IS
'The person behind a cookie or token, with live rights; no row if unknown, expired, revoked or locked.';

-- Signing in.

CREATE FUNCTION identity.begin_attempt(
    new_attempt_id uuid, tried_login bytea, tried_ip text, as_of timestamptz, since timestamptz,
    OUT of_login_here integer, OUT of_login integer, OUT of_ip integer, OUT known_here boolean
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    last_good timestamptz;
    forgiven timestamptz;
BEGIN
    -- Guesses sent at once are counted one after the other, each before its password is looked at.
    PERFORM pg_advisory_xact_lock(hashtextextended(encode(tried_login, 'hex'), 1));
    SELECT max(tried_at) INTO last_good FROM identity.sign_in_attempt
    WHERE login_hash = tried_login AND ip = tried_ip AND succeeded;
    known_here := last_good IS NOT NULL;
    forgiven := greatest(since, last_good);
    SELECT count(*) FILTER (WHERE ip = tried_ip), count(*) INTO of_login_here, of_login
    FROM identity.sign_in_attempt
    WHERE login_hash = tried_login AND tried_at > forgiven AND NOT succeeded;
    SELECT count(*) INTO of_ip FROM identity.sign_in_attempt
    WHERE ip = tried_ip AND tried_at > since AND NOT succeeded;
    INSERT INTO identity.sign_in_attempt (attempt_id, login_hash, ip, tried_at)
    VALUES (new_attempt_id, tried_login, tried_ip, as_of);
END
$$;

CREATE FUNCTION identity.attempt_succeeded(good_attempt_id uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
BEGIN ATOMIC
    UPDATE identity.sign_in_attempt SET succeeded = true WHERE attempt_id = good_attempt_id;
    -- One success says that a login is at home at an address; older ones say nothing more.
    DELETE FROM identity.sign_in_attempt AS old USING identity.sign_in_attempt AS good
    WHERE good.attempt_id = good_attempt_id AND old.login_hash = good.login_hash AND old.ip = good.ip
        AND old.attempt_id <> good.attempt_id AND old.tried_at <= good.tried_at;
END;

CREATE FUNCTION identity.forgive_attempts(tried_login bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
BEGIN ATOMIC
    DELETE FROM identity.sign_in_attempt WHERE login_hash = tried_login AND NOT succeeded;
END;

CREATE FUNCTION identity.account_signing_in(tried_login text)
RETURNS TABLE (
    account_id uuid, jurisdiction_id text, name text, password_hash text, active boolean, is_demo boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
BEGIN ATOMIC
    SELECT a.account_id, a.jurisdiction_id, a.name, a.password_hash, a.active, a.is_demo
    FROM identity.account AS a WHERE a.login = tried_login;
END;

CREATE FUNCTION identity.demonstration_accounts()
RETURNS TABLE (
    jurisdiction_id text, login text, name text, roles text [], unit_name text
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
BEGIN ATOMIC
    SELECT
        a.jurisdiction_id,
        a.login,
        a.name,
        ARRAY(SELECT r.role::text FROM identity.account_role AS r WHERE r.account_id = a.account_id ORDER BY r.role),
        (
            SELECT min(u.name) FROM identity.membership AS m JOIN identity.unit AS u USING (unit_id)
            WHERE m.account_id = a.account_id
        )
    FROM identity.account AS a WHERE a.is_demo AND a.active
    ORDER BY a.jurisdiction_id, a.created_at, a.login;
END;

-- What other services may know of people and places: names and where they belong, nothing more.

CREATE VIEW identity.account_name WITH (security_barrier) AS
SELECT account_id, jurisdiction_id, name, active
FROM identity.account WHERE kit.in_jurisdiction(jurisdiction_id);

CREATE VIEW identity.account_phone WITH (security_barrier) AS
SELECT account_id, jurisdiction_id, phone
FROM identity.account WHERE active AND phone IS NOT NULL AND kit.in_jurisdiction(jurisdiction_id);

COMMENT ON VIEW identity.account_phone IS 'Where staff are told: for the sender of notices alone.';

CREATE VIEW identity.unit_directory WITH (security_barrier) AS
SELECT unit_id, jurisdiction_id, code, name, kind, service, parent_unit_id, area_code, active
FROM identity.unit WHERE kit.in_jurisdiction(jurisdiction_id);

CREATE VIEW identity.area_directory WITH (security_barrier) AS
SELECT area_code, jurisdiction_id, name, kind, parent_area_code
FROM identity.area WHERE kit.in_jurisdiction(jurisdiction_id);

CREATE VIEW identity.unit_members WITH (security_barrier) AS
SELECT
    m.unit_id,
    m.account_id,
    m.position,
    m.from_on,
    m.to_on,
    a.jurisdiction_id,
    ARRAY(
        SELECT r.role::text FROM identity.account_role AS r WHERE r.account_id = a.account_id ORDER BY r.role
    ) AS roles,
    ARRAY(
        SELECT t.area_prefix FROM identity.territory AS t
        WHERE t.account_id = a.account_id AND (t.to_on IS NULL OR t.to_on >= m.from_on)
        ORDER BY t.area_prefix
    ) AS areas
FROM identity.membership AS m JOIN identity.account AS a USING (account_id)
WHERE a.active AND kit.in_jurisdiction(a.jurisdiction_id);

COMMENT ON VIEW identity.unit_members IS
'Who can be told for a unit: read with from_on <= day and (to_on IS NULL OR to_on >= day).';

CREATE VIEW identity.visitor_area WITH (security_barrier) AS
SELECT t.account_id, t.area_prefix, t.from_on, t.to_on
FROM identity.territory AS t JOIN identity.account AS a USING (account_id)
WHERE a.active AND kit.in_jurisdiction(a.jurisdiction_id)
    AND EXISTS (
        SELECT FROM identity.account_role AS r
        WHERE r.account_id = a.account_id AND r.role IN ('visitor', 'cadre')
    );

COMMENT ON VIEW identity.visitor_area IS
'Where who may visit can go: read with from_on <= day and (to_on IS NULL OR to_on >= day).';

-- Grants.

REVOKE EXECUTE ON FUNCTION
    identity.principal_of, identity.begin_attempt, identity.attempt_succeeded, identity.forgive_attempts,
    identity.account_signing_in, identity.demonstration_accounts
FROM public;
GRANT USAGE ON SCHEMA identity TO
    tf_identity, tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security,
    tf_department, tf_worker, tf_relay;
GRANT EXECUTE ON FUNCTION identity.principal_of TO
    tf_identity, tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security,
    tf_department;
GRANT EXECUTE ON FUNCTION
    identity.begin_attempt, identity.attempt_succeeded, identity.forgive_attempts,
    identity.account_signing_in, identity.demonstration_accounts
TO tf_identity;
GRANT SELECT ON identity.account_name, identity.unit_directory, identity.area_directory, identity.unit_members TO
    tf_identity, tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security,
    tf_department, tf_worker;
GRANT SELECT ON identity.account_phone TO tf_relay;
GRANT SELECT ON identity.visitor_area TO tf_visits;
GRANT SELECT, INSERT, UPDATE ON
    identity.unit, identity.area, identity.account, identity.sign_in, identity.access_token
TO tf_identity;
GRANT SELECT, INSERT, UPDATE, DELETE ON
    identity.account_role, identity.membership, identity.territory
TO tf_identity;
