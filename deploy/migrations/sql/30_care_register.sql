-- The care register. Every row about an elder lies in an area: own territory only. Rosters lie in the area of
-- the office that uploaded them; the placing table belongs to the jurisdiction.

CALL kit.guard('care_register.elder');
CALL kit.guard('care_register.facts');
CALL kit.guard('care_register.circumstance');
CALL kit.guard('care_register.consent');
CALL kit.guard('care_register.change_proposal');
CALL kit.guard('care_register.enrolment');
CALL kit.guard('care_register.classification');
CALL kit.guard('care_register.state');
CALL kit.guard('care_register.exception');
CALL kit.guard('care_register.home_bed');
CALL kit.guard('care_register.reported_change');
CALL kit.guard('care_register.import_batch');
CALL kit.guard('care_register.import_row');
CREATE POLICY own_jurisdiction ON care_register.place USING (kit.in_jurisdiction(jurisdiction_id));

-- Which elders a unit may look at because it has been given work about them, wherever they live.

CREATE FUNCTION care_register.is_party(enrolment uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
BEGIN ATOMIC
    SELECT EXISTS (
        SELECT FROM process.referral AS r
        WHERE r.subject_id = enrolment AND r.closed_at IS NULL AND kit.in_jurisdiction(r.jurisdiction_id)
            AND (kit.member_of(r.unit_id) OR kit.member_of(r.requesting_unit_id))
    );
END;

COMMENT ON FUNCTION care_register.is_party(uuid) IS
'Whether the asking units receive or requested an open referral about this enrolment (协同单位最小可见).';

-- The class in force: the newest confirmed one; while nobody has confirmed any, the newest that the rules propose.

CREATE VIEW care_register.class_in_force WITH (security_barrier) AS
SELECT DISTINCT ON (enrolment_id)
    enrolment_id, classification_id, tier, groups, reasons, to_verify, presumptive, status, policy_id, policy_hash,
    proposed_at, until_on
FROM care_register.classification
WHERE (status = 'confirmed' OR (status = 'proposed' AND until_on IS NULL)) AND kit.sees(jurisdiction_id, area_code)
ORDER BY enrolment_id, (status = 'confirmed') DESC, proposed_at DESC;

-- Of several states the weightiest: a death that somebody suspects stops every call, and who declines visits is
-- asked after only while nothing else says where they are (domain §0.2-3).

CREATE VIEW care_register.state_now WITH (security_barrier) AS
SELECT DISTINCT ON (enrolment_id)
    enrolment_id, state_id, kind, status, starts_at, expected_end_on
FROM care_register.state
WHERE status IN ('reported', 'confirmed') AND kit.sees(jurisdiction_id, area_code)
ORDER BY
    enrolment_id, (kind = 'presumed_dead') DESC, (kind = 'declines_visits'),
    (status = 'confirmed') DESC, starts_at DESC;

-- What the rules of other services need to know of an elder; nothing that names a person.

CREATE VIEW care_register.subject WITH (security_barrier) AS
SELECT
    e.enrolment_id,
    e.elder_id,
    e.jurisdiction_id,
    e.area_code,
    e.status::text AS status,
    e.enrolled_at,
    e.left_at,
    CASE WHEN e.status = 'left' THEN e.removal_reason::text END AS left_because,
    e.is_placed,
    e.cycle_started_at,
    tags.circumstances,
    c.tier::text AS tier,
    coalesce(c.groups, '{}') AS groups,
    c.until_on AS class_until_on,
    jsonb_build_object(
        'birth_on', el.birth_on,
        'circumstances', to_jsonb(tags.circumstances),
        'disability_level', f.disability_level,
        'has_disability_card', f.has_disability_card,
        'ability', CASE WHEN f.ability_level IS NOT NULL THEN jsonb_build_object(
            'level', f.ability_level, 'scale', f.ability_scale, 'version', f.ability_version,
            'assessed_on', f.ability_assessed_on
        ) END,
        'care_level', f.care_level,
        'mobility', f.mobility,
        'health', f.health,
        'surveyed_healthy', f.surveyed_healthy,
        'hardships', to_jsonb(f.hardships),
        'household_size', f.household_size,
        'youngest_birth_on', f.youngest_birth_on,
        'area_code', e.area_code,
        'home_bed', (
            SELECT jsonb_build_object('from_on', b.from_on, 'to_on', b.to_on)
            FROM care_register.home_bed AS b WHERE b.enrolment_id = e.enrolment_id
            ORDER BY b.to_on DESC NULLS FIRST, b.from_on LIMIT 1
        )
    ) AS facts,
    e.agreed_weekdays::integer [] AS agreed_weekdays,
    s.kind::text AS state_kind,
    s.status::text AS state_status,
    s.expected_end_on AS state_expected_end_on
FROM care_register.enrolment AS e
JOIN care_register.elder AS el USING (elder_id)
JOIN care_register.facts AS f USING (elder_id)
CROSS JOIN LATERAL (
    SELECT ARRAY(
        SELECT DISTINCT t.circumstance::text FROM care_register.circumstance AS t
        WHERE t.elder_id = e.elder_id AND t.ended_on IS NULL ORDER BY 1
    ) AS circumstances
) AS tags
LEFT JOIN care_register.class_in_force AS c USING (enrolment_id)
LEFT JOIN care_register.state_now AS s USING (enrolment_id)
WHERE kit.sees(e.jurisdiction_id, e.area_code);

-- What a card shows, sealed: the reader opens it with the elder's key. A unit with work about the elder sees it.

CREATE VIEW care_register.elder_card WITH (security_barrier) AS
SELECT
    e.enrolment_id,
    e.elder_id,
    e.jurisdiction_id,
    e.area_code,
    el.key_id,
    el.wrapped_key,
    el.name_sealed,
    el.address_sealed,
    el.phone_sealed,
    el.contacts_sealed,
    el.door_note_sealed,
    el.birth_on,
    el.sex::text AS sex,
    f.mobility::text AS mobility
FROM care_register.enrolment AS e
JOIN care_register.elder AS el USING (elder_id)
LEFT JOIN care_register.facts AS f USING (elder_id)
WHERE kit.sees(e.jurisdiction_id, e.area_code)
    OR (kit.in_jurisdiction(e.jurisdiction_id) AND care_register.is_party(e.enrolment_id));

-- What masked lists may be searched by: the surname that they show. Whoever may see the card may find it.

CREATE VIEW care_register.surname WITH (security_barrier) AS
SELECT e.enrolment_id, t.token
FROM care_register.enrolment AS e JOIN kit.search_token AS t USING (elder_id)
WHERE t.kind = 'surname'
    AND (
        kit.sees(e.jurisdiction_id, e.area_code)
        OR (kit.in_jurisdiction(e.jurisdiction_id) AND care_register.is_party(e.enrolment_id))
    );

-- What a police station learns of a person it names: the enrolment of its own territory, or nothing.

CREATE FUNCTION care_register.enrolled_as(identity bytea) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
BEGIN ATOMIC
    SELECT e.enrolment_id
    FROM care_register.elder AS el JOIN care_register.enrolment AS e USING (elder_id)
    WHERE el.identity_index = identity AND e.status <> 'left' AND kit.sees(e.jurisdiction_id, e.area_code);
END;

COMMENT ON FUNCTION care_register.enrolled_as(bytea) IS
'The open enrolment behind the fingerprint of an ID number, in the territory of who asks; no other fact.';

-- What became of the news that it sent.

CREATE VIEW care_register.news_state WITH (security_barrier) AS
SELECT change_id, jurisdiction_id, area_code, unit_id, status::text AS status, confirm_by, decided_at
FROM care_register.reported_change
WHERE kit.in_jurisdiction(jurisdiction_id) AND kit.member_of(unit_id);

-- Grants. The worker reads the views and writes nothing: what a process changes here goes through our handlers.

REVOKE EXECUTE ON FUNCTION care_register.is_party, care_register.enrolled_as FROM public;
GRANT USAGE ON SCHEMA care_register TO
    tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security, tf_department, tf_worker;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA care_register TO tf_care_register;
GRANT DELETE ON care_register.import_row, care_register.place TO tf_care_register;
GRANT EXECUTE ON FUNCTION care_register.is_party TO
    tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security, tf_department, tf_worker;
GRANT SELECT ON care_register.subject, care_register.elder_card TO
    tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security, tf_department, tf_worker;
GRANT SELECT ON care_register.surname TO
    tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security, tf_department;
GRANT EXECUTE ON FUNCTION care_register.enrolled_as TO tf_public_security;
GRANT SELECT ON care_register.news_state TO tf_public_security;
