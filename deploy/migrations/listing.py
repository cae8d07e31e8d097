"""Who may see what, as the catalogue says it: a tracked text, so that a changed right shows up in review."""

from pathlib import Path

from psycopg import Connection, connect

from shared.platform.logins import Login
from shared.platform.settings import Settings

TARGET = Path(__file__).parent / "access.txt"

TABLES = """
SELECT format(
    '%I.%I: row policies %s', n.nspname, c.relname,
    CASE WHEN c.relrowsecurity AND c.relforcerowsecurity THEN 'forced' ELSE 'MISSING' END
)
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^(pg_|information_schema|public)'
"""
POLICIES = """
SELECT format(
    '%I.%I: %s for %s to %s using %s check %s', schemaname, tablename, policyname, lower(cmd),
    array_to_string(roles, ', '), coalesce(qual, '-'), coalesce(with_check, '-')
)
FROM pg_policies
"""
GRANTS = """
SELECT format(
    '%I.%I: %s to %s', n.nspname, c.relname, lower(right_.privilege_type),
    string_agg(right_.grantee::regrole::text, ', ' ORDER BY right_.grantee::regrole::text)
)
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
CROSS JOIN LATERAL aclexplode(c.relacl) AS right_
WHERE right_.grantee <> c.relowner AND n.nspname !~ '^(pg_|information_schema|public)'
GROUP BY n.nspname, c.relname, right_.privilege_type
"""
COLUMN_GRANTS = """
SELECT format(
    '%I.%I: %s of %s to %s', n.nspname, c.relname, lower(right_.privilege_type), a.attname,
    string_agg(right_.grantee::regrole::text, ', ' ORDER BY right_.grantee::regrole::text)
)
FROM pg_attribute AS a
JOIN pg_class AS c ON c.oid = a.attrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
CROSS JOIN LATERAL aclexplode(a.attacl) AS right_
WHERE n.nspname !~ '^(pg_|information_schema|public)'
GROUP BY n.nspname, c.relname, a.attname, right_.privilege_type
"""
FUNCTIONS = """
SELECT format(
    '%s: %s, %s', p.oid::regprocedure, CASE WHEN p.prosecdef THEN 'as the owner' ELSE 'as the caller' END,
    coalesce(
        (
            SELECT string_agg(
                CASE right_.grantee WHEN 0 THEN 'everybody' ELSE right_.grantee::regrole::text END, ', '
                ORDER BY right_.grantee::regrole::text
            )
            FROM aclexplode(p.proacl) AS right_ WHERE right_.grantee <> p.proowner
        ),
        CASE WHEN p.proacl IS NULL THEN 'everybody' ELSE 'nobody' END
    )
)
FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
WHERE n.nspname !~ '^(pg_|information_schema|public)'
"""
VIEWS = """
SELECT format(
    E'%I.%I%s\n%s', n.nspname, c.relname,
    CASE WHEN 'security_barrier=true' = ANY (coalesce(c.reloptions, '{}')) THEN '' ELSE ' (NO BARRIER)' END,
    pg_get_viewdef(c.oid, true)
)
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'v' AND n.nspname !~ '^(pg_|information_schema|public)'
"""
SECTIONS = {
    "tables": TABLES,
    "policies": POLICIES,
    "grants": GRANTS,
    "grants on columns": COLUMN_GRANTS,
    "functions": FUNCTIONS,
    "views": VIEWS,
}


def read_listing(settings: Settings) -> str:
    """The listing of a migrated database; the same catalogue gives the same text."""
    with connect(settings.database_url(Login.OWNER)) as owner:
        return "\n".join(_section(owner, title) for title in SECTIONS)


def write_listing(text: str, target: Path = TARGET) -> Path:
    """Store the listing where the test compares it."""
    target.write_text(text, encoding="utf-8")
    return target


def _section(owner: Connection, title: str) -> str:
    lines = sorted(line for (line,) in owner.execute(SECTIONS[title]))
    return f"# {title}\n" + "".join(f"{line}\n" for line in lines)
