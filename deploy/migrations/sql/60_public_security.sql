-- The police station. A record is read and written by the unit that keeps it, and by nobody else; no other login has
-- a grant on any table here.

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY[
        'feed', 'feed_row', 'change', 'welfare_check', 'fraud_talk', 'missing_person', 'beat'
    ]
    LOOP
        EXECUTE format('ALTER TABLE public_security.%I ENABLE ROW LEVEL SECURITY', kept);
        EXECUTE format('ALTER TABLE public_security.%I FORCE ROW LEVEL SECURITY', kept);
        EXECUTE format(
            'CREATE POLICY own_unit ON public_security.%I'
            ' USING (kit.in_jurisdiction(jurisdiction_id) AND kit.member_of(unit_id))', kept
        );
    END LOOP;
END
$$;

-- What the register decides on: the words of a change, sealed, for elders of the territory of who asks.

CREATE VIEW public_security.change_words WITH (security_barrier) AS
SELECT change_id, jurisdiction_id, area_code, key_id, wrapped_key, words_sealed
FROM public_security.change
WHERE kit.sees(jurisdiction_id, area_code);

-- Grants.

GRANT USAGE ON SCHEMA public_security TO tf_public_security, tf_care_register;
GRANT SELECT, INSERT, UPDATE ON
    public_security.feed, public_security.feed_row, public_security.change, public_security.welfare_check,
    public_security.fraud_talk, public_security.missing_person, public_security.beat
TO tf_public_security;
GRANT DELETE ON public_security.beat TO tf_public_security;
GRANT SELECT ON public_security.change_words TO tf_care_register;
