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

-- Who watches (抄送): a member of a party, put there by a party; who watches may stop, and so may who asked for it.

CREATE POLICY everybody ON referral_file.watcher FOR SELECT TO tf_worker USING (kit.asks_for_everybody());
CREATE POLICY party ON referral_file.watcher FOR SELECT TO
    tf_coordination, tf_justice, tf_health, tf_public_security, tf_department
USING (
    kit.is_account(account_id)
    OR EXISTS (SELECT FROM referral_file.file AS f WHERE f.referral_id = watcher.referral_id)
);

CREATE POLICY added_by_party ON referral_file.watcher FOR INSERT WITH CHECK (
    kit.is_account(added_by)
    AND EXISTS (
        SELECT FROM process.referral AS r
        WHERE r.referral_id = watcher.referral_id
            AND watcher.unit_id IN (r.unit_id, r.requesting_unit_id, r.coordinator_unit_id)
            AND (kit.member_of(r.unit_id) OR kit.member_of(r.requesting_unit_id) OR kit.member_of(r.coordinator_unit_id))
    )
);

CREATE POLICY ended_or_renewed_by_party ON referral_file.watcher FOR UPDATE USING (
    kit.is_account(account_id)
    OR EXISTS (SELECT FROM referral_file.file AS f WHERE f.referral_id = watcher.referral_id)
);

-- Files, and what is asked and answered about the elder: parties read, and nobody writes for another.

CREATE POLICY party ON referral_file.attachment FOR SELECT USING (
    EXISTS (SELECT FROM referral_file.file AS f WHERE f.referral_id = attachment.referral_id)
);
CREATE POLICY added_by_party ON referral_file.attachment FOR INSERT WITH CHECK (
    kit.is_account(account_id)
    AND kit.member_of(unit_id)
    AND EXISTS (SELECT FROM referral_file.file AS f WHERE f.referral_id = attachment.referral_id)
);

CREATE POLICY party ON referral_file.field_request FOR SELECT USING (
    EXISTS (SELECT FROM referral_file.file AS f WHERE f.referral_id = field_request.referral_id)
);
CREATE POLICY asked_by_receiver ON referral_file.field_request FOR INSERT WITH CHECK (
    kit.is_account(account_id)
    AND kit.member_of(unit_id)
    AND EXISTS (
        SELECT FROM process.referral AS r
        WHERE r.referral_id = field_request.referral_id AND r.unit_id = field_request.unit_id
    )
);

CREATE POLICY party ON referral_file.field_answer FOR SELECT USING (
    EXISTS (SELECT FROM referral_file.file AS f WHERE f.referral_id = field_answer.referral_id)
);
CREATE POLICY answered_by_requester ON referral_file.field_answer FOR INSERT WITH CHECK (
    kit.is_account(account_id)
    AND kit.member_of(unit_id)
    AND EXISTS (
        SELECT FROM process.referral AS r
        WHERE r.referral_id = field_answer.referral_id AND r.requesting_unit_id = field_answer.unit_id
    )
);

-- A draft is its writer's own, and nobody else's.

CREATE POLICY own ON referral_file.draft USING (kit.is_account(account_id) AND kit.in_jurisdiction(jurisdiction_id));

-- Grants. The worker rebuilds a missing process from headings; the words are not its business.

GRANT USAGE ON SCHEMA referral_file TO
    tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security, tf_department, tf_worker;
GRANT SELECT, INSERT ON referral_file.file, referral_file.note TO
    tf_care_register, tf_visits, tf_coordination, tf_justice, tf_health, tf_public_security, tf_department;
GRANT SELECT, INSERT ON
    referral_file.watcher, referral_file.attachment, referral_file.field_request, referral_file.field_answer,
    referral_file.draft TO
    tf_coordination, tf_justice, tf_health, tf_public_security, tf_department;
GRANT UPDATE (ended_at, added_by) ON referral_file.watcher TO
    tf_coordination, tf_justice, tf_health, tf_public_security, tf_department;
GRANT UPDATE, DELETE ON referral_file.draft TO
    tf_coordination, tf_justice, tf_health, tf_public_security, tf_department;
GRANT SELECT (referral_id, account_id, unit_id, ended_at) ON referral_file.watcher TO tf_worker;
GRANT SELECT (
    referral_id, jurisdiction_id, area_code, kind, requesting_unit_id, coordinator_unit_id, enrolment_id, origin_id,
    consent, offered_by, created_at
) ON referral_file.file TO tf_worker;
