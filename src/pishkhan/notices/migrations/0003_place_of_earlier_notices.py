from django.db import migrations
from django.db.models import OuterRef, Subquery


def where_the_recipient_is(apps, schema_editor):
    notices, people = apps.get_model("notices", "Notice"), apps.get_model("people", "Person")
    there = people.objects.filter(pk=OuterRef("recipient"))
    notices.objects.filter(division=None).update(division_id=Subquery(there.values("division_id")[:1]))


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_proof_of_service")]

    operations = [migrations.RunPython(where_the_recipient_is, migrations.RunPython.noop)]
