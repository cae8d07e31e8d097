-- Coordination. It owns the policies as they were published, and the extra visits asked for (加访); everything
-- else it reads.

CALL kit.guard('coordination.extra_visit');

CREATE POLICY anybody_may_read ON coordination.published_policy USING (kit.somebody_asks());

-- What the services that judge read of them: a contact is judged by the policy in force on its day (J-06).

CREATE VIEW coordination.policy_on_record WITH (security_barrier) AS
SELECT policy_hash, policy_id, in_force_from, published_at, content
FROM coordination.published_policy
WHERE kit.somebody_asks();

COMMENT ON VIEW coordination.policy_on_record IS 'Published plans, for whoever is signed in: they name nobody.';

-- What a visit cycle that starts anew is told of them (`tanfang reconcile`).

CREATE VIEW coordination.extra_visit_fact WITH (security_barrier) AS
SELECT extra_id, enrolment_id, jurisdiction_id, area_code, due_on, asked_at
FROM coordination.extra_visit
WHERE kit.sees(jurisdiction_id, area_code);

COMMENT ON VIEW coordination.extra_visit_fact IS 'Extra visits as facts: until when and known since when; not who asked.';

GRANT USAGE ON SCHEMA coordination TO tf_coordination, tf_worker, tf_visits, tf_care_register;
GRANT SELECT ON coordination.extra_visit_fact TO tf_care_register;
GRANT SELECT, INSERT ON coordination.extra_visit TO tf_coordination;
GRANT SELECT ON coordination.policy_on_record TO tf_coordination, tf_visits;
GRANT SELECT, INSERT ON coordination.published_policy TO tf_coordination;
GRANT SELECT ON coordination.published_policy TO tf_worker;
