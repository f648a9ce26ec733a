import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("geography", "0001_initial"),
        ("payments", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BankFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("head", models.CharField(default="", editable=False, max_length=64)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("bank", models.CharField(blank=True, max_length=20)),
                ("count", models.PositiveIntegerField()),
                ("imported_at", models.DateTimeField()),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="bank_file_digest_is_sha256_in_hex",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BankRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("written", models.BinaryField()),
                ("reference", models.CharField(blank=True, max_length=40)),
                ("amount", models.PositiveBigIntegerField(blank=True, null=True)),
                ("paid_on", models.DateField(blank=True, null=True)),
                ("payer_reference", models.CharField(blank=True, max_length=40)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("matched", "Matched"),
                            ("confirmed", "Confirmed"),
                            ("wrong_amount", "Wrong Amount"),
                            ("unknown", "Unknown"),
                            ("already_paid", "Already Paid"),
                            ("cancelled", "Cancelled"),
                            ("duplicate", "Duplicate"),
                            ("wrong_day", "Wrong Day"),
                            ("ill_formed", "Ill Formed"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "resolution",
                    models.CharField(
                        blank=True,
                        choices=[("booked", "Booked"), ("return", "Return"), ("dismissed", "Dismissed")],
                        max_length=20,
                    ),
                ),
                ("resolved_on", models.DateField(blank=True, null=True)),
                ("overpaid", models.PositiveBigIntegerField(default=0)),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="geography.division",
                        to_field="code",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="payments.bankfile"
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_rows",
                        to="payments.demandnote",
                    ),
                ),
                (
                    "payment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_row",
                        to="payments.payment",
                    ),
                ),
            ],
            options={
                "ordering": ["file", "number"],
                "indexes": [
                    models.Index(fields=["division", "-id"], name="bank_rows_of_a_place"),
                    models.Index(fields=["reference"], name="bank_rows_by_reference"),
                    models.Index(fields=["division", "paid_on"], name="bank_rows_by_day"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("file", "number"), name="one_row_of_a_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("payment__isnull", False),
                                models.Q(
                                    ("outcome__in", ["matched", "confirmed"]), ("resolution", "booked"), _connector="OR"
                                ),
                            ),
                            models.Q(
                                ("payment", None),
                                models.Q(("outcome__in", ["matched", "confirmed"]), _negated=True),
                                models.Q(("resolution", "booked"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="what_is_booked_has_its_payment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resolution", ""), ("resolved_on", None)),
                            models.Q(models.Q(("resolution", ""), _negated=True), ("resolved_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="what_is_resolved_has_its_day",
                    ),
                ],
            },
        ),
    ]
