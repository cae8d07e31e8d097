-- The referral's file. Only added to; whoever sees the referral sees its file, and nobody writes for another.

CREATE POLICY party ON referral_file.file FOR SELECT USING (
    kit.member_of(requesting_unit_id)
    OR kit.member_of(coordinator_unit_id)
    OR EXISTS (SELECT FROM process.referral AS r WHERE r.referral_id = file.referral_id)
);

COMMENT ON POLICY party ON referral_file.file IS
'Parties by the file itself before the process exists, then by the row policies of process.referral.';

CREATE POLICY opened_by_party ON referral_file.file FOR INSERT WITH CHECK (
    kit.in_jurisdiction(jurisdiction_id)
    AND kit.is_account(offered_by)
    AND (
        kit.member_of(requesting_unit_id)
        OR EXISTS (SELECT FROM process.referral AS r WHERE r.referral_id = file.referral_id)
    )
);

CREATE POLICY party ON referral_file.note FOR SELECT USING (
    EXISTS (SELECT FROM referral_file.file AS f WHERE f.referral_id = note.referral_id)
);

CREATE POLICY written_by_party ON referral_file.note FOR INSERT WITH CHECK (
    kit.is_account(account_id)
    AND kit.member_of(unit_id)
    AND EXISTS (SELECT FROM referral_file.file AS f WHERE f.referral_id = note.referral_id)
);

CALL kit.guard('referral_file.unwanted');

-- Grants. The worker rebuilds a missing process from headings; the words are not its business.

GRANT USAGE ON SCHEMA referral_file TO
    tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security, tf_department, tf_worker;
GRANT SELECT, INSERT ON referral_file.file, referral_file.note, referral_file.unwanted TO
    tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security, tf_department;
GRANT SELECT (
    referral_id, jurisdiction_id, area_code, kind, requesting_unit_id, coordinator_unit_id, enrolment_id, origin_id,
    consent, offered_by, created_at
) ON referral_file.file TO tf_worker;
