"""The database itself keeps the journal append-only."""

from django.db import migrations

from pishkhan.journal.sealing.triggers import guard


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(lambda apps, editor: guard(editor.connection), migrations.RunPython.noop)]
