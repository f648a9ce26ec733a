"""Guards before insert, and of words and the access log; and again those of tables that SQLite made anew."""

from django.db import migrations

from pishkhan.journal.sealing.triggers import guard


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_states_and_bound_words")]
    operations = [migrations.RunPython(lambda apps, editor: guard(editor.connection), migrations.RunPython.noop)]
