"""A database is brought up faster than by Django's own executor, and is the same."""

import subprocess
import sys

from django.db import connection

OF_DJANGO = """
import pishkhan.site.configuration.environment, os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "pishkhan.site.configuration.settings"
django.setup()
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor
import pishkhan.site.management.commands.migrate as ours
migrate.MigrationExecutor = MigrationExecutor
call_command(ours.Command(), verbosity=0)
"""
SCHEMA = {
    "sqlite": ["SELECT type, name, tbl_name, sql FROM sqlite_master"],
    "postgresql": [
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, is_identity "
        "FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT conrelid::regclass::text, regexp_replace(conname, '[0-9a-f]{8}', ''), pg_get_constraintdef(oid) "
        "FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
        "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    ],
}


def schema_of(deployed):
    return [sorted(map(str, deployed.asked(question))) for question in SCHEMA[connection.vendor]]


def test_what_is_brought_up_is_what_django_would_have_made(migrated, nowhere):
    subprocess.run([sys.executable, "-c", OF_DJANGO], env=nowhere.env, check=True)

    assert schema_of(nowhere) == schema_of(migrated)
    assert len(schema_of(migrated)[0]) > 100
