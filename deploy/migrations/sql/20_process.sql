-- Process state: written by the workflows' worker alone, read by every service.

CALL kit.guard('process.visit_cycle');
CALL kit.guard('process.visit_window');
CALL kit.guard('process.visit_warning');

-- The worker writes with every move, and pays for nothing that services must be asked: its policies are its own.

CREATE POLICY everybody ON process.referral TO tf_worker USING (kit.asks_for_everybody());
CREATE POLICY everybody ON process.referral_ledger TO tf_worker USING (kit.asks_for_everybody());
CREATE POLICY everybody ON process.rung TO tf_worker USING (kit.asks_for_everybody());

-- A referral is seen by its parties wherever the elder lives, and by those who look after a territory. Who asks is
-- the same for every row: a subquery is asked once per statement, a call once per row, and a unit has thousands.
-- Column by column, most often answered by the first: an array made of the four for every row costs half as much again.

-- A search for an elder is besides opened by whom its ladder has told of it (「点开查看」), and by the duty room of
-- the territory, which is who is awake (值班室); both look on, unless the referral is handed to them.

CREATE FUNCTION process.is_search(kind text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN kind IN ('chase', 'not_seen', 'not_seen_red_flag');

CREATE FUNCTION process.has_told(referral uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog
RETURN EXISTS (
    SELECT FROM process.rung AS r
    WHERE r.referral_id = referral
        AND r.is_sent
        AND r.recipient_unit_id = ANY (string_to_array(current_setting('tf.units', true), ','))
);

COMMENT ON FUNCTION process.has_told(uuid) IS
'Whether a rung of the referral has told a unit of who asks. A call, so that no statement plans it with its own rows.';

CREATE POLICY party ON process.referral TO
    tf_identity, tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security,
    tf_department
USING (
    (
        jurisdiction_id = (SELECT current_setting('tf.jurisdiction', true))
        AND (
            unit_id = ANY ((SELECT string_to_array(current_setting('tf.units', true), ','))::text[])
            OR requesting_unit_id = ANY ((SELECT string_to_array(current_setting('tf.units', true), ','))::text[])
            OR coordinator_unit_id = ANY ((SELECT string_to_array(current_setting('tf.units', true), ','))::text[])
            OR grantor_unit_id = ANY ((SELECT string_to_array(current_setting('tf.units', true), ','))::text[])
        )
    )
    OR ((SELECT kit.plays('coordinator')) AND kit.sees(jurisdiction_id, area_code))
    OR (
        process.is_search(kind)
        AND (
            ((SELECT kit.plays('duty_officer')) AND kit.sees(jurisdiction_id, area_code))
            OR (jurisdiction_id = (SELECT current_setting('tf.jurisdiction', true)) AND process.has_told(referral_id))
        )
    )
);

CREATE POLICY as_its_referral ON process.referral_ledger TO
    tf_identity, tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security,
    tf_department
USING (
    EXISTS (SELECT FROM process.referral AS r WHERE r.referral_id = referral_ledger.referral_id)
);

CREATE POLICY as_its_referral ON process.rung TO
    tf_identity, tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security,
    tf_department
USING (
    EXISTS (SELECT FROM process.referral AS r WHERE r.referral_id = rung.referral_id)
);

-- Grants.

GRANT USAGE ON SCHEMA process TO
    tf_identity, tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security,
    tf_department, tf_worker;
GRANT SELECT ON ALL TABLES IN SCHEMA process TO
    tf_identity, tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security,
    tf_department;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA process TO tf_worker;
REVOKE EXECUTE ON FUNCTION process.has_told FROM public;
GRANT EXECUTE ON FUNCTION process.has_told TO
    tf_identity, tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security,
    tf_department;
GRANT DELETE ON process.referral_ledger TO tf_worker; -- lines of decisions that history has forgotten

-- What an operator follows: which process, in which state; whose it is only by the id, no holder, no outcome.

CREATE VIEW process.referral_trace WITH (security_barrier) AS
SELECT
    referral_id, subject_id, jurisdiction_id, area_code, kind, status::text AS status, is_drill, offered_at,
    accept_by, complete_by, rung, next_wake_at
FROM process.referral
WHERE kit.plays('operator') AND kit.sees(jurisdiction_id, area_code);

GRANT SELECT ON process.referral_trace TO tf_coordination;

-- What the board counts (今天要处理): for everybody whom it is for the same number, whoever may open the referral
-- behind it. Of a chase what stands on the board; of a place that a rung found vacant only that there is one.

CREATE FUNCTION process.watches_board() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN string_to_array(current_setting('tf.roles', true), ',')
    && ARRAY['coordinator', 'duty_officer', 'auditor', 'unit_lead', 'operator'];

CREATE VIEW process.open_chase WITH (security_barrier) AS
SELECT
    referral_id, subject_id AS enrolment_id, jurisdiction_id, area_code, rung, holder_id, unit_id, offered_at
FROM process.referral
WHERE kind = 'chase' AND closed_at IS NULL AND NOT is_drill AND subject_id IS NOT NULL
    AND process.watches_board() AND kit.sees(jurisdiction_id, area_code);

CREATE VIEW process.vacancy WITH (security_barrier) AS
SELECT DISTINCT r.subject_id AS enrolment_id, r.jurisdiction_id, r.area_code
FROM process.referral AS r JOIN process.rung AS g ON g.referral_id = r.referral_id
WHERE g.is_vacant AND r.closed_at IS NULL AND NOT r.is_drill AND r.subject_id IS NOT NULL
    AND process.watches_board() AND kit.sees(r.jurisdiction_id, r.area_code);

GRANT SELECT ON process.open_chase, process.vacancy TO tf_coordination;
