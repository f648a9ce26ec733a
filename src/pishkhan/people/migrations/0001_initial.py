import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("geography", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("head", models.CharField(default="", editable=False, max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[("company", "Company"), ("public", "Public"), ("guild", "Guild")], max_length=10
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("name_en", models.CharField(blank=True, max_length=200)),
                ("legal_id", models.CharField(blank=True, max_length=11, null=True)),
                ("registered_on", models.DateField(blank=True, null=True)),
                ("sort_key", models.CharField(db_index=True, max_length=200)),
                ("search", models.CharField(max_length=820)),
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
                        condition=models.Q(("legal_id", None), ("legal_id__regex", "^[0-9]{11}$"), _connector="OR"),
                        name="legal_id_is_eleven_digits",
                    ),
                    models.UniqueConstraint(fields=("legal_id",), name="one_organisation_per_legal_id"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("head", models.CharField(default="", editable=False, max_length=64)),
                ("given_name", models.CharField(blank=True, max_length=80)),
                ("family_name", models.CharField(blank=True, max_length=80)),
                ("father_name", models.CharField(blank=True, max_length=80)),
                ("national_id", models.BinaryField(blank=True, null=True)),
                ("national_id_hash", models.CharField(blank=True, max_length=64, null=True)),
                ("phone", models.BinaryField(blank=True, null=True)),
                ("born_on", models.DateField(blank=True, null=True)),
                ("sort_key", models.CharField(db_index=True, max_length=200)),
                ("search", models.CharField(max_length=500)),
                ("erased_on", models.DateField(blank=True, null=True)),
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
                    models.UniqueConstraint(fields=("national_id_hash",), name="one_person_per_national_id"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("erased_on", None),
                            models.Q(
                                ("born_on", None),
                                ("family_name", ""),
                                ("father_name", ""),
                                ("given_name", ""),
                                ("national_id", None),
                                ("national_id_hash", None),
                                ("phone", None),
                                ("search", ""),
                                ("sort_key", ""),
                            ),
                            _connector="OR",
                        ),
                        name="who_is_erased_is_erased_wholly",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("applicant", "Applicant"),
                            ("representative", "Representative"),
                            ("expert", "Expert"),
                            ("inspector", "Inspector"),
                            ("committee", "Committee"),
                            ("secretary", "Secretary"),
                            ("accountant", "Accountant"),
                            ("region", "Region"),
                            ("director", "Director"),
                            ("administrator", "Administrator"),
                            ("member", "Member"),
                            ("clock", "Clock"),
                            ("system", "System"),
                            ("importer", "Importer"),
                        ],
                        max_length=20,
                    ),
                ),
                ("place", models.CharField(max_length=16)),
                ("acting", models.BooleanField(default=False)),
                ("letter", models.CharField(blank=True, max_length=60)),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ("applicant", "member", "clock", "system", "importer")), _negated=True
                        ),
                        name="assignable_role",
                    ),
                    models.CheckConstraint(condition=models.Q(("place__regex", "^[0-9]+$")), name="place_is_a_code"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "representative"), _negated=True),
                            ("organisation__isnull", False),
                            _connector="OR",
                        ),
                        name="a_representative_represents",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("acting", False), models.Q(("letter", ""), _negated=True), _connector="OR"),
                        name="an_acting_head_has_a_letter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_on", None), ("until_on__gte", models.F("from_on")), _connector="OR"),
                        name="an_assignment_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=60, unique=True)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="account", to="people.person"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
