-- Visits. Own territory only. A contact is added and may be voided; what was recorded of it is never changed, only
-- added to.

CALL kit.guard('visits.contact');
CALL kit.guard('visits.addition');
CALL kit.guard('visits.finding');
CALL kit.guard('visits.assignment');
CALL kit.guard('visits.not_seen');
CALL kit.guard('visits.need');

CREATE FUNCTION visits.today() RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
RETURN (
    (now() + coalesce((SELECT shift FROM kit.clock_shift), interval '0')) AT TIME ZONE 'Asia/Shanghai'
)::date;

COMMENT ON FUNCTION visits.today() IS 'The business day; a test of the whole stack may move it.';

-- What others may know: no note, no name, no reason in words.

CREATE VIEW visits.contact_fact WITH (security_barrier) AS
SELECT
    contact_id, enrolment_id, elder_id, jurisdiction_id, area_code, occurred_at, recorded_at, is_reached, counts_for,
    mode, reach, force, visited_by, recorded_by, lateness
FROM visits.contact
WHERE voided_at IS NULL AND kit.sees(jurisdiction_id, area_code);

COMMENT ON VIEW visits.contact_fact IS 'Contacts as facts: what a visit cycle needs, and the figures.';

CREATE VIEW visits.voided_contact WITH (security_barrier) AS
SELECT
    contact_id, enrolment_id, jurisdiction_id, area_code, occurred_at, mode, reach, voided_at, voided_by, void_reason
FROM visits.contact
WHERE voided_at IS NOT NULL AND kit.sees(jurisdiction_id, area_code);

COMMENT ON VIEW visits.voided_contact IS 'Contacts struck from the book: for an elder''s story, never for a figure.';

CREATE VIEW visits.promised_contact WITH (security_barrier) AS
SELECT contact_id, enrolment_id, jurisdiction_id, area_code, recorded_at, next_contact_on
FROM visits.contact
WHERE next_contact_on IS NOT NULL AND kit.sees(jurisdiction_id, area_code);

COMMENT ON VIEW visits.promised_contact IS
'Which day was promised at a contact: its visit cycle owes it, even if the contact is struck from the book.';

CREATE VIEW visits.assignee WITH (security_barrier) AS
SELECT DISTINCT ON (enrolment_id) enrolment_id, jurisdiction_id, area_code, account_id, kind, from_on, to_on
FROM visits.assignment AS a
WHERE from_on <= visits.today() AND (to_on IS NULL OR to_on >= visits.today())
    AND kit.sees(jurisdiction_id, area_code)
    AND EXISTS (
        SELECT FROM identity.visitor_area AS v
        WHERE v.account_id = a.account_id AND a.area_code ^@ v.area_prefix
            AND v.from_on <= visits.today() AND (v.to_on IS NULL OR v.to_on >= visits.today())
    )
ORDER BY enrolment_id, kind DESC, assigned_at DESC, from_on DESC;

COMMENT ON VIEW visits.assignee IS
'Who visits each elder today: the substitute if one stands in (kind sorts it first), else the regular visitor.
Nobody whose account is closed, or who may not go there any more: that elder has no visitor (无人负责).';

-- An alarm ends here by a contact. A confirmed state ends it at its process.

CREATE FUNCTION visits.concluded_at(referral uuid) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
BEGIN ATOMIC
    SELECT r.closed_at FROM process.referral AS r
    WHERE r.referral_id = referral AND kit.in_jurisdiction(r.jurisdiction_id);
END;

COMMENT ON FUNCTION visits.concluded_at(uuid) IS
'When the process of an alarm ended, for visitors whose unit is no party of it; null while it runs.';

CREATE VIEW visits.open_not_seen WITH (security_barrier) AS
SELECT referral_id, enrolment_id, jurisdiction_id, area_code, opened_at, last_tried_at, tries, has_red_flag
FROM visits.not_seen
WHERE ended_at IS NULL AND visits.concluded_at(referral_id) IS NULL AND kit.sees(jurisdiction_id, area_code);

-- What was not wanted is asked about again, unless somebody has offered it since.

CREATE FUNCTION visits.was_offered(enrolment uuid, what text, since timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
BEGIN ATOMIC
    SELECT EXISTS (
        SELECT FROM process.referral AS r
        WHERE r.subject_id = enrolment AND r.kind = what AND r.offered_at > since
            AND kit.in_jurisdiction(r.jurisdiction_id)
    );
END;

COMMENT ON FUNCTION visits.was_offered(uuid, text, timestamptz) IS
'Whether such help was offered since then, for visitors whose unit is no party of it.';

-- Grants.

GRANT USAGE ON SCHEMA visits TO
    tf_visits, tf_care_register, tf_coordination, tf_justice, tf_health, tf_public_security, tf_department, tf_worker;
GRANT SELECT, INSERT ON visits.contact, visits.addition, visits.finding, visits.assignment, visits.not_seen,
    visits.need TO tf_visits;
GRANT UPDATE (area_code) ON visits.contact, visits.addition, visits.finding, visits.assignment, visits.not_seen,
    visits.need TO tf_visits; -- an elder has moved, and the book goes along
GRANT UPDATE (voided_at, voided_by, void_reason) ON visits.contact TO tf_visits;
GRANT UPDATE (to_on) ON visits.assignment TO tf_visits;
GRANT UPDATE (last_tried_at, tries, has_red_flag, ended_at, ended_by) ON visits.not_seen TO tf_visits;
REVOKE EXECUTE ON FUNCTION visits.concluded_at, visits.was_offered FROM public;
GRANT EXECUTE ON FUNCTION visits.was_offered TO tf_visits;
GRANT EXECUTE ON FUNCTION visits.concluded_at TO
    tf_visits, tf_care_register, tf_coordination, tf_justice, tf_health, tf_public_security, tf_department, tf_worker;
GRANT SELECT ON visits.promised_contact TO tf_care_register;
GRANT SELECT ON visits.voided_contact TO tf_visits, tf_coordination;
GRANT SELECT ON visits.contact_fact, visits.assignee, visits.open_not_seen TO
    tf_visits, tf_care_register, tf_coordination, tf_justice, tf_health, tf_public_security, tf_department, tf_worker;
