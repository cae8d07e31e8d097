-- The community health centre. What it keeps is read by the people of the centre that keeps it and by nobody
-- else, whatever their territory: an illness is not the street's business (X-06).

CREATE PROCEDURE health.guard(guarded regclass)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format(
        'CREATE POLICY own_centre ON %s USING (kit.in_jurisdiction(jurisdiction_id) AND kit.member_of(unit_id))',
        guarded
    );
END
$$;

CALL health.guard('health.contract');
CALL health.guard('health.follow_up_plan');
CALL health.guard('health.follow_up');
CALL health.guard('health.sign');
CALL health.guard('health.family_contact');
CALL health.guard('health.home_bed');
CALL health.guard('health.home_bed_step');

-- What those who visit may know of a reading: 「血压高，已转医」, no value, no illness, nobody's name (J-77).

CREATE VIEW health.sign_for_others WITH (security_barrier) AS
SELECT enrolment_id, jurisdiction_id, area_code, code, handling, noted_on
FROM health.sign
WHERE ended_on IS NULL AND kit.sees(jurisdiction_id, area_code);

COMMENT ON VIEW health.sign_for_others IS
'That a reading was abnormal and what was done about it, as codes, for who may see the elder.';

-- Grants.

GRANT USAGE ON SCHEMA health TO tf_health, tf_visits, tf_coordination;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA health TO tf_health;
REVOKE ALL ON health.sign_for_others FROM tf_health;
GRANT UPDATE (ended_on, since_on) ON health.follow_up_plan TO tf_health;
GRANT UPDATE (voided_at, voided_by, void_reason_sealed)
ON health.contract, health.follow_up, health.home_bed_step TO tf_health;
GRANT UPDATE (handling, referral_id, ended_on, ended_by) ON health.sign TO tf_health;
GRANT UPDATE (ended_on) ON health.family_contact TO tf_health;
GRANT UPDATE (status) ON health.home_bed TO tf_health;
GRANT SELECT ON health.sign_for_others TO tf_visits, tf_coordination;
