-- The judicial office's own records (司法所台账): nobody but its service, and in it nobody but members of the unit.

CREATE POLICY own_unit ON justice.record USING (kit.in_jurisdiction(jurisdiction_id) AND kit.member_of(unit_id));

COMMENT ON POLICY own_unit ON justice.record IS
'A unit keeps its records for itself: who asked for the work learns the outcome from the referral.';

CREATE POLICY as_its_record ON justice.entry USING (
    EXISTS (SELECT FROM justice.record AS r WHERE r.record_id = entry.record_id)
);

-- Grants. A journal is only added to; of a record, only where it stands and who has it may change.

GRANT USAGE ON SCHEMA justice TO tf_justice;
GRANT SELECT, INSERT ON justice.record, justice.entry TO tf_justice;
GRANT UPDATE (stage, outcome, ended_at, kept_by) ON justice.record TO tf_justice;
