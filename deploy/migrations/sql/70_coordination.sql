-- Coordination. It owns the policies as they were published; everything else it reads.

CREATE POLICY anybody_may_read ON coordination.published_policy USING (kit.somebody_asks());

GRANT USAGE ON SCHEMA coordination TO tf_coordination, tf_worker;
GRANT SELECT, INSERT ON coordination.published_policy TO tf_coordination;
GRANT SELECT ON coordination.published_policy TO tf_worker;
