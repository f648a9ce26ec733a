"""Triggers by which the database itself refuses to change, remove or replace what the journal holds."""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from pishkhan.journal.verification.sql import select

TABLES = ("journal_entry", "journal_seal")
WRITTEN_ONCE = ("journal_words", "journal_access")  # removed by erasing and by age, never changed
SAME = ("subject", "number")  # of which there is one in each of those tables
PERMANENT = "journal entries are permanent"
OUT_OF_PLACE = "a journal entry follows the one before it"

_THERE = (
    "EXISTS (SELECT 1 FROM journal_entry WHERE id = NEW.id OR subject = NEW.subject AND number = NEW.number)",
    "EXISTS (SELECT 1 FROM journal_entry WHERE subject = NEW.subject AND number = NEW.number - 1)",
)


def guard(connection: BaseDatabaseWrapper) -> None:
    """Put every guard in its place that is not there."""
    with connection.cursor() as cursor:
        for statement in _GUARDING[connection.vendor]:
            cursor.execute(statement)


def missing_guards(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """The guards that are not there, or say something else than they should."""
    with connection.cursor() as cursor:
        cursor.execute(_ASKING[connection.vendor])
        there = dict(cursor.fetchall())
    for name, text in GUARDS[connection.vendor].items():
        if text != there.get(name, ""):
            yield name


def strangers(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Triggers, rules, views and policies that are none of the house's (nor an extension's): it has its guards alone.

    One of them could alter what an act writes before the act seals it, or show whoever verifies what others do not see.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STRANGE[connection.vendor])
        there = sorted(cursor.fetchall())
    yield from (name for name, text in there if text != GUARDS[connection.vendor].get(name))


def _on_sqlite() -> dict[str, str]:
    refused = f"BEGIN SELECT RAISE(ABORT, '{PERMANENT}'); END"
    again = "id = NEW.id OR (subject = NEW.subject AND number = NEW.number)"
    guards = {
        f"{table}_no_{verb}": f"BEFORE {verb.upper()} ON {table} {refused}"
        for table in TABLES
        for verb in ("update", "delete")
    }
    guards |= {f"{table}_no_update": f"BEFORE UPDATE ON {table} {refused}" for table in WRITTEN_ONCE}
    guards |= {
        f"{table}_no_replace": f"BEFORE INSERT ON {table} WHEN EXISTS ({select('1', table, 'WHERE', again)}) {refused}"
        for table in TABLES
    }
    guards["journal_entry_follows"] = (
        f"BEFORE INSERT ON journal_entry WHEN NEW.number > 1 AND NOT {_THERE[1]} "
        f"BEGIN SELECT RAISE(ABORT, '{OUT_OF_PLACE}'); END"
    )
    return {name: f"CREATE TRIGGER {name} {text}" for name, text in guards.items()}


def _on_postgresql() -> dict[str, str]:
    guards = {
        f"{table}_no_rewrite": f"BEFORE DELETE OR UPDATE ON public.{table} FOR EACH ROW "
        "EXECUTE FUNCTION journal_permanent()"
        for table in TABLES
    }
    guards |= {
        f"{table}_no_update": f"BEFORE UPDATE ON public.{table} FOR EACH ROW EXECUTE FUNCTION journal_permanent()"
        for table in WRITTEN_ONCE
    }
    guards |= {
        f"{table}_no_truncate": f"BEFORE TRUNCATE ON public.{table} FOR EACH STATEMENT "
        "EXECUTE FUNCTION journal_permanent()"
        for table in TABLES
    }
    guards["journal_entry_follows"] = (
        "BEFORE INSERT ON public.journal_entry FOR EACH ROW EXECUTE FUNCTION journal_follows()"
    )
    return {name: f"CREATE TRIGGER {name} {text}" for name, text in guards.items()}


def _raised(why: str) -> str:
    return f"RAISE EXCEPTION '{why}' USING ERRCODE = 'integrity_constraint_violation'; END"


_FUNCTIONS = {
    "journal_permanent": f"BEGIN {_raised(PERMANENT)}",
    "journal_follows": f"BEGIN IF {_THERE[0]} THEN {_raised(PERMANENT)} IF; "
    f"IF NEW.number > 1 AND NOT {_THERE[1]} THEN {_raised(OUT_OF_PLACE)} IF; RETURN NEW; END",
}
GUARDS = {"sqlite": _on_sqlite(), "postgresql": _on_postgresql() | _FUNCTIONS}  # what each is called and says
_ASKING = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger "
    "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') "  # neither off, nor for replicas alone
    "UNION ALL SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'journal\\_%' "
    "AND pronamespace = current_schema()::regnamespace",
}
_STRANGE = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')",
    "postgresql": "SELECT tgname, pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger "
    "JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace "
    "UNION SELECT rulename, '' FROM pg_rules WHERE schemaname = current_schema() "
    "UNION SELECT relname, '' FROM pg_class "
    "WHERE (relkind IN ('v', 'm') OR relrowsecurity) "
    "AND relnamespace = current_schema()::regnamespace "
    "AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')",
}
_GUARDING = {
    "sqlite": [text.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS") for text in _on_sqlite().values()],
    "postgresql": [
        *(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
            for name, body in _FUNCTIONS.items()
        ),
        *(
            text.replace("CREATE TRIGGER", "CREATE OR REPLACE TRIGGER").replace("public.", "")
            for text in _on_postgresql().values()
        ),
    ],
}
