import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("geography", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DemandNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("head", models.CharField(default="", editable=False, max_length=64)),
                ("number", models.CharField(max_length=30, unique=True)),
                ("purpose", models.CharField(max_length=40)),
                ("about", models.CharField(db_index=True, max_length=80)),
                ("amount", models.PositiveBigIntegerField()),
                ("reckoning", models.JSONField()),
                ("issued_on", models.DateField()),
                ("due_on", models.DateField(blank=True, null=True)),
                ("cancelled_on", models.DateField(blank=True, null=True)),
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
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demand_notes",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demand_notes",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("person", None), ("organisation", None), _connector="XOR"),
                        name="a_demand_note_has_one_payer",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="what_is_demanded_is_something"),
                    models.CheckConstraint(
                        condition=models.Q(("due_on", None), ("due_on__gte", models.F("issued_on")), _connector="OR"),
                        name="a_demand_is_due_after_it_is_issued",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", models.PositiveBigIntegerField()),
                ("paid_on", models.DateField()),
                ("bank", models.CharField(blank=True, max_length=20)),
                ("reference", models.CharField(max_length=40)),
                ("number", models.PositiveIntegerField()),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="payments.demandnote"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("bank", "reference"), name="one_payment_per_bank_reference"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="what_is_paid_is_something"),
                    models.CheckConstraint(
                        condition=models.Q(("reference", ""), _negated=True), name="a_payment_has_a_reference"
                    ),
                ],
            },
        ),
    ]
