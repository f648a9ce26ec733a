import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casework", "0001_initial"),
        ("geography", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Licence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("head", models.CharField(default="", editable=False, max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[("counter", "Counter"), ("rural_ict", "Rural Ict"), ("legacy_agent", "Legacy Agent")],
                        max_length=20,
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True)),
                ("issuer", models.CharField(max_length=20)),
                ("issuer_number", models.CharField(max_length=40)),
                ("issued_on", models.DateField()),
                ("recorded_on", models.DateField()),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField()),
                ("origin", models.CharField(choices=[("new", "New"), ("import", "Import")], max_length=10)),
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
                    "origin_case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="licences",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["issued_on", "division"], name="licences_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                        name="a_licence_holds_for_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin", "new"), ("origin_case__isnull", False)),
                            models.Q(models.Q(("origin", "new"), _negated=True), ("origin_case", None)),
                            _connector="OR",
                        ),
                        name="a_new_licence_has_its_case",
                    ),
                    models.UniqueConstraint(fields=("issuer", "issuer_number"), name="one_licence_per_issuers_number"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("head", models.CharField(default="", editable=False, max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[("counter", "Counter"), ("rural_ict", "Rural Ict"), ("legacy_agent", "Legacy Agent")],
                        max_length=20,
                    ),
                ),
                ("code", models.CharField(max_length=12, unique=True)),
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
                "indexes": [models.Index(fields=["kind", "division"], name="offices_by_kind_and_place")],
            },
        ),
        migrations.CreateModel(
            name="Management",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                ("entry", models.CharField(max_length=100)),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputyships",
                        to="people.person",
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="managements", to="people.person"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="managements", to="offices.office"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="management_holds_for_a_day_at_least",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LicenceStatus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                ("entry", models.CharField(max_length=100)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("active", "Active"),
                            ("renewal_window", "Renewal Window"),
                            ("closed", "Closed"),
                            ("suspended", "Suspended"),
                            ("waived", "Waived"),
                            ("expired", "Expired"),
                            ("transferred", "Transferred"),
                            ("surrendered", "Surrendered"),
                            ("revoked", "Revoked"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "licence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statuses", to="offices.licence"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="statuses", to="offices.office"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("superseded_at", None)),
                        fields=["status", "valid_from"],
                        name="statuses_by_day",
                    ),
                    models.Index(fields=["licence", "valid_from"], name="statuses_of_a_licence"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="licencestatus_holds_for_a_day_at_least",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="licence",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="licences", to="offices.office"
            ),
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                ("entry", models.CharField(max_length=100)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="people.person",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holdings", to="offices.office"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="holding_holds_for_a_day_at_least",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", None), ("organisation", None), _connector="XOR"),
                        name="an_office_has_one_holder",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Premises",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                ("entry", models.CharField(max_length=100)),
                ("address", models.CharField(max_length=200)),
                ("postal_code", models.CharField(blank=True, max_length=10)),
                ("area", models.PositiveIntegerField(blank=True, null=True)),
                ("tenure", models.CharField(blank=True, choices=[("deed", "Deed"), ("lease", "Lease")], max_length=10)),
                ("lat", models.FloatField(blank=True, null=True)),
                ("lon", models.FloatField(blank=True, null=True)),
                (
                    "quality",
                    models.CharField(
                        choices=[
                            ("surveyed", "Surveyed"),
                            ("geocoded", "Geocoded"),
                            ("centroid", "Centroid"),
                            ("synthetic", "Synthetic"),
                            ("none", "None"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="premises", to="offices.office"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("superseded_at", None)), fields=["lat", "lon"], name="premises_by_point"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="premises_holds_for_a_day_at_least",
                    )
                ],
            },
        ),
    ]
