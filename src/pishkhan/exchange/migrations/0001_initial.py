import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casework", "0003_sides_and_subjects"),
        ("geography", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Package",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("head", models.CharField(default="", editable=False, max_length=64)),
                ("direction", models.CharField(choices=[("out", "Out"), ("in", "In")], max_length=3)),
                ("partner", models.CharField(max_length=30)),
                ("reference", models.CharField(max_length=60)),
                ("sequence", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("count", models.PositiveIntegerField()),
                ("made_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "answers_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="exchange.package",
                    ),
                ),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="geography.division",
                        to_field="code",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["division", "-id"], name="packages_of_a_place")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("direction", "out")),
                        fields=("partner", "reference"),
                        name="one_outgoing_package_of_a_reference",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("direction", "in")),
                        fields=("partner", "division", "sequence"),
                        name="one_incoming_package_of_a_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")), name="package_digest_is_sha256"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answers_to", None), ("direction", "out")),
                            models.Q(("answers_to__isnull", False), ("direction", "in")),
                            _connector="OR",
                        ),
                        name="answers_answer_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("reference", models.CharField(max_length=80)),
                ("revision", models.PositiveIntegerField(default=0)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("pending", "Pending"),
                            ("taken", "Taken"),
                            ("unknown", "Unknown"),
                            ("duplicate", "Duplicate"),
                            ("answered", "Answered"),
                            ("future", "Future"),
                            ("too_early", "Too Early"),
                            ("ill_formed", "Ill Formed"),
                            ("moved_on", "Moved On"),
                            ("not_yours", "Not Yours"),
                            ("rules", "Rules"),
                        ],
                        max_length=12,
                    ),
                ),
                ("told", models.BinaryField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exchanged",
                        to="casework.case",
                    ),
                ),
                (
                    "inquiry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exchanged",
                        to="casework.inquiry",
                    ),
                ),
                (
                    "package",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="exchange.package"
                    ),
                ),
            ],
            options={
                "ordering": ["package", "number"],
                "indexes": [models.Index(fields=["reference"], name="items_by_reference")],
                "constraints": [
                    models.UniqueConstraint(fields=("package", "number"), name="one_item_of_a_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "pending"), ("told__isnull", False)),
                            models.Q(models.Q(("outcome", "pending"), _negated=True), ("told", None)),
                            _connector="OR",
                        ),
                        name="only_what_waits_is_told",
                    ),
                ],
            },
        ),
    ]
