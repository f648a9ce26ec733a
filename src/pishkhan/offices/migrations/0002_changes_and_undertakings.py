import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_sides_and_subjects"),
        ("files", "0001_initial"),
        ("geography", "0001_initial"),
        ("offices", "0001_initial"),
        ("people", "0003_sides_and_subjects"),
    ]

    operations = [
        migrations.CreateModel(
            name="Booth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                ("entry", models.CharField(max_length=100)),
                ("address", models.CharField(max_length=200)),
                ("lat", models.FloatField(blank=True, null=True)),
                ("lon", models.FloatField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="booth_holds_for_a_day_at_least",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Name",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                ("entry", models.CharField(max_length=100)),
                ("name", models.CharField(max_length=200)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="name_holds_for_a_day_at_least",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Undertaking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("head", models.CharField(default="", editable=False, max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opening", "Opening"),
                            ("insurance", "Insurance"),
                            ("guarantee", "Guarantee"),
                            ("remedy", "Remedy"),
                            ("holding_period", "Holding Period"),
                        ],
                        max_length=20,
                    ),
                ),
                ("item", models.CharField(blank=True, max_length=30)),
                ("because", models.CharField(max_length=100)),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("shown", "Shown"), ("kept", "Kept"), ("released", "Released")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("settled_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_on__isnull", False), ("state__in", ["kept", "released"])),
                            models.Q(("settled_on", None), ("state__in", ["open", "shown"])),
                            _connector="OR",
                        ),
                        name="what_is_settled_has_its_day",
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="licence",
            name="a_new_licence_has_its_case",
        ),
        migrations.AddField(
            model_name="licence",
            name="predecessor",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="successor",
                to="offices.licence",
            ),
        ),
        migrations.AddField(
            model_name="licence",
            name="reminded_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="licence",
            name="origin",
            field=models.CharField(
                choices=[
                    ("new", "New"),
                    ("import", "Import"),
                    ("renewal", "Renewal"),
                    ("transfer", "Transfer"),
                    ("reissue", "Reissue"),
                    ("conversion", "Conversion"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="licencestatus",
            name="status",
            field=models.CharField(
                choices=[
                    ("active", "Active"),
                    ("renewal_window", "Renewal Window"),
                    ("closed", "Closed"),
                    ("suspended", "Suspended"),
                    ("waived", "Waived"),
                    ("expired", "Expired"),
                    ("transferred", "Transferred"),
                    ("replaced", "Replaced"),
                    ("surrendered", "Surrendered"),
                    ("revoked", "Revoked"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="licence",
            index=models.Index(fields=["valid_until"], name="licences_by_last_day"),
        ),
        migrations.AddConstraint(
            model_name="licence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin", "import"), ("origin_case", None), ("predecessor", None)),
                    models.Q(models.Q(("origin", "import"), _negated=True), ("origin_case__isnull", False)),
                    _connector="OR",
                ),
                name="a_licence_has_its_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="licence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("origin__in", ["renewal", "transfer", "reissue"]), ("predecessor__isnull", False)),
                    models.Q(("origin__in", ["renewal", "transfer", "reissue"]), _negated=True),
                    _connector="OR",
                ),
                name="a_successor_has_its_predecessor",
            ),
        ),
        migrations.AddField(
            model_name="booth",
            name="division",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geography.division", to_field="code"
            ),
        ),
        migrations.AddField(
            model_name="booth",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="booths", to="offices.office"
            ),
        ),
        migrations.AddField(
            model_name="name",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="names", to="offices.office"
            ),
        ),
        migrations.AddField(
            model_name="undertaking",
            name="division",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geography.division", to_field="code"
            ),
        ),
        migrations.AddField(
            model_name="undertaking",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="undertakings", to="offices.office"
            ),
        ),
        migrations.AddField(
            model_name="undertaking",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="undertakings",
                to="people.organisation",
            ),
        ),
        migrations.AddField(
            model_name="undertaking",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="undertakings",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="undertaking",
            name="proof",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
            ),
        ),
        migrations.AddIndex(
            model_name="undertaking",
            index=models.Index(
                condition=models.Q(("state__in", ["open", "shown"])),
                fields=["due_on", "division"],
                name="undertakings_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="undertaking",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", None), ("organisation", None), _connector="XOR"),
                name="an_undertaking_has_one_giver",
            ),
        ),
    ]
