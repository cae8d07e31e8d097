-- Notices. The worker records whom to tell, the sender (as the relay) tells them, services note who has read.

CREATE POLICY everybody ON notices.notice TO tf_worker, tf_relay USING (kit.asks_for_everybody());
CREATE POLICY everybody ON notices.attempt TO tf_relay USING (kit.asks_for_everybody());

-- A notice is seen by who it is for, and by the coordinator, who reads in a ladder whom it reached (送达、已读、确认).

CREATE POLICY addressee ON notices.notice TO
    tf_identity, tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security,
    tf_department
USING (
    (kit.in_jurisdiction(jurisdiction_id) AND kit.is_account(account_id))
    OR (kit.plays('coordinator') AND kit.sees(jurisdiction_id, area_code))
);

CREATE POLICY as_its_notice ON notices.attempt TO
    tf_identity, tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security,
    tf_department
USING (
    EXISTS (SELECT FROM notices.notice AS n WHERE n.notice_id = attempt.notice_id)
);

CALL kit.guard('notices.refused_effect');

-- Whose work it was may learn that it did not take effect, wherever in the place the elder lives.

CREATE POLICY own_unit ON notices.refused_effect FOR SELECT USING (
    kit.in_jurisdiction(jurisdiction_id) AND kit.member_of(unit_id)
);

-- Grants.

GRANT USAGE ON SCHEMA notices TO
    tf_identity, tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security,
    tf_department, tf_worker, tf_relay;
GRANT SELECT ON ALL TABLES IN SCHEMA notices TO
    tf_identity, tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security,
    tf_department, tf_relay;
GRANT UPDATE (read_at, acknowledged_at) ON notices.notice TO
    tf_identity, tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security,
    tf_department;
GRANT UPDATE (settled_at, settled_by) ON notices.refused_effect TO tf_coordination;
GRANT SELECT, INSERT ON notices.notice, notices.refused_effect TO tf_worker;
GRANT UPDATE (sending_id, tries, try_at, sent_at, given_up_at) ON notices.notice TO tf_relay;
GRANT INSERT ON notices.attempt TO tf_relay;

-- When nobody answers, somebody telephones (待电话通知): whom the board is for learns who waits since when, not what of;
-- who acts on it has the number too, and notes the call. Nobody rings for an account that is closed.

CREATE VIEW notices.unanswered WITH (security_barrier) AS
SELECT
    n.notice_id, n.account_id, n.not_before, n.jurisdiction_id, n.area_code,
    CASE
        WHEN string_to_array(current_setting('tf.roles', true), ',')
            && ARRAY['coordinator', 'duty_officer', 'unit_lead'] THEN a.phone
    END AS phone
FROM notices.notice AS n JOIN identity.account AS a ON a.account_id = n.account_id AND a.active
WHERE n.acknowledged_at IS NULL AND n.phoned_at IS NULL
    AND process.watches_board() AND kit.sees(n.jurisdiction_id, n.area_code);

CREATE FUNCTION notices.note_phoned(whom uuid, at timestamptz) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
BEGIN ATOMIC
    WITH noted AS (
        UPDATE notices.notice
        SET phoned_at = at, phoned_by = current_setting('tf.account')::uuid
        WHERE account_id = whom AND not_before <= at AND acknowledged_at IS NULL AND phoned_at IS NULL
            AND string_to_array(current_setting('tf.roles', true), ',')
            && ARRAY['coordinator', 'duty_officer', 'unit_lead']
            AND kit.sees(jurisdiction_id, area_code)
        RETURNING notice_id
    )
    SELECT count(*) FROM noted;
END;

COMMENT ON FUNCTION notices.note_phoned(uuid, timestamptz) IS
'Notes that who asks rang this person about every notice due by then in their territory; how many there were.';

REVOKE EXECUTE ON FUNCTION notices.note_phoned FROM public;
GRANT EXECUTE ON FUNCTION notices.note_phoned TO tf_coordination;
GRANT SELECT ON notices.unanswered TO tf_coordination;
