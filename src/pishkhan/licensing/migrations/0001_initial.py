import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casework", "0001_initial"),
        ("geography", "0001_initial"),
        ("offices", "0001_initial"),
        ("payments", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("head", models.CharField(default="", editable=False, max_length=64)),
                ("code", models.CharField(max_length=30, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("counter", "Counter"), ("rural_ict", "Rural Ict"), ("legacy_agent", "Legacy Agent")],
                        max_length=20,
                    ),
                ),
                ("opens_on", models.DateField()),
                ("closes_on", models.DateField()),
                ("manager_age", models.PositiveSmallIntegerField(default=0)),
                (
                    "manager_degree",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "None"), (1, "Diploma"), (2, "Bachelor"), (3, "Master")], default=0
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                        name="a_call_closes_after_it_opens",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LicenceRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(blank=True, max_length=200)),
                ("postal_code", models.CharField(blank=True, max_length=10)),
                ("area", models.PositiveIntegerField(blank=True, null=True)),
                ("tenure", models.CharField(blank=True, choices=[("deed", "Deed"), ("lease", "Lease")], max_length=10)),
                ("lease_years", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("committee_is_favourable", models.BooleanField(blank=True, null=True)),
                ("condition_met_on", models.DateField(blank=True, null=True)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="licence_request", to="casework.case"
                    ),
                ),
                (
                    "office",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="offices.office",
                    ),
                ),
                (
                    "royalty",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="payments.demandnote",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Nominee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "post",
                    models.CharField(
                        choices=[("signatory", "Signatory"), ("manager", "Manager"), ("deputy", "Deputy")],
                        max_length=10,
                    ),
                ),
                (
                    "degree",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "None"), (1, "Diploma"), (2, "Bachelor"), (3, "Master")]
                    ),
                ),
                ("state_employee", models.BooleanField()),
                ("military_settled", models.BooleanField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominees",
                        to="licensing.licencerequest",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("request", "post"), name="one_nominee_per_post")],
            },
        ),
        migrations.CreateModel(
            name="Places",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("count", models.PositiveIntegerField()),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="places", to="licensing.call"
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
                "constraints": [
                    models.UniqueConstraint(fields=("call", "division"), name="one_quota_per_call_and_division")
                ],
            },
        ),
        migrations.AddField(
            model_name="licencerequest",
            name="places",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="licensing.places"
            ),
        ),
    ]
