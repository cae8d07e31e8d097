-- Coordination. It owns the policies as they were published; everything else it reads.

CREATE POLICY anybody_may_read ON coordination.published_policy USING (kit.somebody_asks());

-- What the services that judge read of them: a contact is judged by the policy in force on its day (J-06).

CREATE VIEW coordination.policy_on_record WITH (security_barrier) AS
SELECT policy_hash, policy_id, in_force_from, published_at, content
FROM coordination.published_policy
WHERE kit.somebody_asks();

COMMENT ON VIEW coordination.policy_on_record IS 'Published plans, for whoever is signed in: they name nobody.';

GRANT USAGE ON SCHEMA coordination TO tf_coordination, tf_worker, tf_visits;
GRANT SELECT ON coordination.policy_on_record TO tf_coordination, tf_visits;
GRANT SELECT, INSERT ON coordination.published_policy TO tf_coordination;
GRANT SELECT ON coordination.published_policy TO tf_worker;
