import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
        ("geography", "0001_initial"),
        ("notices", "0001_initial"),
        ("people", "0002_table_of_the_cache"),
    ]

    operations = [
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("head", models.CharField(default="", editable=False, max_length=64)),
                (
                    "how",
                    models.CharField(
                        choices=[("hand", "Hand"), ("post", "Post"), ("electronic", "Electronic"), ("press", "Press")],
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("refused", "Refused"),
                            ("posted", "Posted"),
                            ("deemed", "Deemed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField()),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("how__in", ["hand", "post", "electronic", "press"]),
                            ("outcome__in", ["received", "refused", "posted", "deemed"]),
                        ),
                        name="a_proof_is_of_a_known_kind",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="notice",
            name="division",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="geography.division",
                to_field="code",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="legal",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("legal", True)), fields=["division", "-id"], name="notices_to_be_served"
            ),
        ),
        migrations.AddField(
            model_name="proof",
            name="division",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geography.division", to_field="code"
            ),
        ),
        migrations.AddField(
            model_name="proof",
            name="evidence",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="proof",
            name="notice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to="notices.notice"
            ),
        ),
        migrations.AddConstraint(
            model_name="proof",
            constraint=models.CheckConstraint(
                condition=models.Q(("how", "electronic"), ("evidence__isnull", False), _connector="OR"),
                name="a_proof_has_evidence",
            ),
        ),
    ]
