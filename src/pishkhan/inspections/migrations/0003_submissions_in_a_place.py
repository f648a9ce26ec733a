import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("geography", "0001_initial"),
        ("inspections", "0002_evidence"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="submission", name="submissions_by_outcome"),
        migrations.RemoveField(model_name="submission", name="division_id"),
        migrations.RemoveField(model_name="photo", name="division_id"),
        migrations.AddField(
            model_name="submission",
            name="division",
            field=models.ForeignKey(
                default="",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="geography.division",
                to_field="code",
            ),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["outcome", "division", "-received_at"], name="submissions_by_outcome"),
        ),
    ]
