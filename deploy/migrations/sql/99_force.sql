-- Whatever an owner forgot: every table is closed until a policy opens it, for its owner's logins too.
DO $$
DECLARE
    forgotten regclass;
BEGIN
    FOR forgotten IN
        SELECT c.oid FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND c.relowner = current_user::regrole
            AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', forgotten);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', forgotten);
    END LOOP;
END
$$;
