"""Whom a request names becomes whom a case names: other procedures than the new licence name people too."""

import django.db.models.deletion
from django.db import migrations, models


def to_the_case(apps, schema_editor):
    for nominee in apps.get_model("licensing", "Nominee").objects.select_related("request").iterator():
        nominee.case_id = nominee.request.case_id
        nominee.save(update_fields=["case"])


def to_the_request(apps, schema_editor):
    requests = dict(apps.get_model("licensing", "LicenceRequest").objects.values_list("case", "pk"))
    for nominee in apps.get_model("licensing", "Nominee").objects.iterator():
        nominee.request_id = requests[nominee.case_id]
        nominee.save(update_fields=["request"])


class Migration(migrations.Migration):
    dependencies = [("licensing", "0001_initial"), ("casework", "0002_cases_by_day")]

    operations = [
        migrations.AddField(
            "nominee",
            "case",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="nominees", to="casework.case"
            ),
        ),
        migrations.RemoveConstraint("nominee", "one_nominee_per_post"),
        migrations.AlterField(
            "nominee",
            "request",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="nominees",
                to="licensing.licencerequest",
            ),
        ),
        migrations.RunPython(to_the_case, to_the_request),
        migrations.AlterField(
            "nominee",
            "case",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="nominees", to="casework.case"),
        ),
        migrations.RemoveField("nominee", "request"),
        migrations.AddConstraint(
            "nominee", models.UniqueConstraint(fields=("case", "post"), name="one_nominee_per_post_of_a_case")
        ),
    ]
