from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="storedfile",
            name="a_file_is_of_an_allowed_type",
        ),
        migrations.AddField(
            model_name="storedfile",
            name="key",
            field=models.BinaryField(default=b""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="storedfile",
            name="whose",
            field=models.CharField(db_index=True, default="nobody", max_length=80),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("media_type__in", ["application/pdf", "image/jpeg", "image/png"])),
                name="a_file_is_of_an_allowed_type",
            ),
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("whose", ""), _negated=True), name="a_file_is_somebodys"
            ),
        ),
    ]
