"""Complaints are an app of their own: only what Django knows of them moves, the tables stay as they are."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0003_stays")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="ComplaintPhoto"), migrations.DeleteModel(name="Complaint")]
        ),
    ]
