"""Triggers by which the database itself refuses to change or remove what the journal holds."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("journal_entry", "journal_seal")
GUARD = {
    "sqlite": [f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} "
               "BEGIN SELECT RAISE(ABORT, 'journal entries are permanent'); END"
               for table in TABLES for verb in ("update", "delete")],
    "postgresql": ["CREATE OR REPLACE FUNCTION journal_permanent() RETURNS trigger LANGUAGE plpgsql AS $$ "
                   "BEGIN RAISE EXCEPTION 'journal entries are permanent'; END $$",
                   *(f"CREATE TRIGGER {table}_no_rewrite BEFORE UPDATE OR DELETE ON {table} "
                     "FOR EACH ROW EXECUTE FUNCTION journal_permanent()" for table in TABLES),
                   *(f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                     "FOR EACH STATEMENT EXECUTE FUNCTION journal_permanent()" for table in TABLES)],
}


def guard(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for statement in GUARD[connection.vendor]:
            cursor.execute(statement)
