-- Who asks: five settings that the unit of work makes for one transaction. Nothing set means no rows.

CREATE FUNCTION kit.asks_for_everybody() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN current_setting('tf.jurisdiction', true) = '*' AND session_user IN ('tf_worker', 'tf_relay');

COMMENT ON FUNCTION kit.asks_for_everybody() IS
'The worker or the relay, acting for every jurisdiction; the star means nothing in the hands of a service.';

CREATE FUNCTION kit.in_jurisdiction(jurisdiction text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN kit.asks_for_everybody() OR jurisdiction = current_setting('tf.jurisdiction', true);

CREATE FUNCTION kit.sees(jurisdiction text, area text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN kit.asks_for_everybody()
    OR (
        jurisdiction = current_setting('tf.jurisdiction', true)
        AND area ^@ ANY (string_to_array(current_setting('tf.areas', true), ','))
    );

COMMENT ON FUNCTION kit.sees(text, text) IS
'Whether a row of this jurisdiction and 12-digit area lies in the territory of who asks (area prefixes).';

CREATE FUNCTION kit.member_of(unit text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN kit.asks_for_everybody() OR unit = ANY (string_to_array(current_setting('tf.units', true), ','));

CREATE FUNCTION kit.plays(role text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN role = ANY (string_to_array(current_setting('tf.roles', true), ','));

CREATE FUNCTION kit.is_account(account uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN kit.asks_for_everybody() OR account::text = current_setting('tf.account', true);

CREATE FUNCTION kit.somebody_asks() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(current_setting('tf.account', true), '') <> '';

-- What owners of schemas call for each table about an elder.

CREATE PROCEDURE kit.guard(guarded regclass)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format('CREATE POLICY own_territory ON %s USING (kit.sees(jurisdiction_id, area_code))', guarded);
END
$$;

COMMENT ON PROCEDURE kit.guard(regclass) IS
'Forces row level security on a table with jurisdiction_id and area_code: own territory only, to read and to write.';

-- The outbox. The lock comes before the id, so that ids rise in commit order per key.

CREATE FUNCTION kit.announce(
    new_key text, new_verb text, new_name text, new_payload jsonb, new_message_id uuid, new_created_at timestamptz
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(new_key, 0));
    INSERT INTO kit.outbox (key, verb, name, payload, message_id, created_at)
    VALUES (new_key, new_verb, new_name, new_payload, new_message_id, new_created_at)
    ON CONFLICT (message_id) DO NOTHING;
    PERFORM pg_notify('tf_outbox', '');
END
$$;

CREATE POLICY relay_only ON kit.outbox USING (kit.asks_for_everybody());

CREATE VIEW kit.outbox_state WITH (security_barrier) AS
SELECT
    count(*) FILTER (WHERE parked_at IS NULL) AS waiting,
    count(*) FILTER (WHERE parked_at IS NOT NULL) AS parked,
    min(created_at) FILTER (WHERE parked_at IS NULL) AS oldest_at
FROM kit.outbox
WHERE sent_at IS NULL
HAVING kit.somebody_asks();

COMMENT ON VIEW kit.outbox_state IS 'For the board: how much waits and what is parked; counts alone, no message.';

-- The history. Services may append and nothing else: the head, the account and the hash are not theirs to choose.

CREATE FUNCTION kit.link_hash(
    before bytea, stream text, seq integer, jurisdiction text, recorded_at timestamptz,
    account text, action text, detail jsonb, sealed bytea
) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(
    before
    || convert_to(
        concat_ws(
            E'\x1f', stream, seq, jurisdiction, (extract(EPOCH FROM recorded_at) * 1000000)::bigint,
            account, action, detail::text
        ),
        'UTF8'
    )
    || coalesce(sealed, ''::bytea)
);

CREATE FUNCTION kit.append_history(
    new_stream text, new_jurisdiction text, new_recorded_at timestamptz,
    new_action text, new_detail jsonb, new_sealed bytea
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    actor text := current_setting('tf.account');
    genesis bytea := decode(repeat('00', 32), 'hex');
    link record;
BEGIN
    IF NOT kit.in_jurisdiction(new_jurisdiction) THEN
        RAISE insufficient_privilege USING MESSAGE = 'history of another jurisdiction';
    END IF;
    INSERT INTO kit.history_head AS head (stream, jurisdiction_id, seq, hash)
    VALUES (
        new_stream, new_jurisdiction, 1,
        kit.link_hash(
            genesis, new_stream, 1, new_jurisdiction, new_recorded_at, actor, new_action, new_detail, new_sealed
        )
    )
    ON CONFLICT (stream) DO UPDATE SET
        seq = head.seq + 1,
        hash = kit.link_hash(
            head.hash, new_stream, head.seq + 1, new_jurisdiction, new_recorded_at, actor, new_action, new_detail,
            new_sealed
        )
    RETURNING head.seq, head.hash INTO link;
    INSERT INTO kit.history (
        stream, seq, jurisdiction_id, recorded_at, account_id, action, detail, sealed, hash
    ) VALUES (
        new_stream, link.seq, new_jurisdiction, new_recorded_at, actor::uuid, new_action, new_detail, new_sealed,
        link.hash
    );
END
$$;

CREATE POLICY own_jurisdiction ON kit.history USING (kit.in_jurisdiction(jurisdiction_id));
CREATE POLICY own_jurisdiction ON kit.history_head USING (kit.in_jurisdiction(jurisdiction_id));
CREATE POLICY verifier_only ON kit.history_seal USING (kit.asks_for_everybody());
CREATE POLICY verifier_only ON kit.history_sealed USING (kit.asks_for_everybody());

-- Answers belong to the account that asked; tokens to the territory; the test clock to everybody, to read.

CREATE POLICY own_account ON kit.idempotency USING (kit.is_account(account_id));
CALL kit.guard('kit.search_token');
CREATE POLICY anybody ON kit.clock_shift FOR SELECT USING (true);

-- Grants.

REVOKE EXECUTE ON FUNCTION kit.announce, kit.append_history FROM public;
GRANT USAGE ON SCHEMA kit TO
    tf_identity, tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security, tf_department,
    tf_worker, tf_relay;
GRANT EXECUTE ON FUNCTION kit.announce, kit.append_history TO
    tf_identity, tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security, tf_department,
    tf_worker, tf_relay;
GRANT SELECT, INSERT, UPDATE ON kit.idempotency TO
    tf_identity, tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security, tf_department,
    tf_worker;
GRANT SELECT ON kit.clock_shift TO
    tf_identity, tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security, tf_department,
    tf_worker, tf_relay;
GRANT SELECT, UPDATE ON kit.outbox TO tf_relay;
GRANT SELECT ON kit.outbox_state TO tf_coordination, tf_identity, tf_worker;
GRANT SELECT ON kit.history, kit.history_head TO tf_worker, tf_coordination;
GRANT SELECT, INSERT ON kit.history_seal, kit.history_sealed TO tf_worker;
GRANT SELECT, INSERT, DELETE ON kit.search_token TO tf_care_register;
GRANT SELECT ON kit.search_token TO tf_visits, tf_coordination, tf_health;
