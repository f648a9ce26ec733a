import django.db.models.deletion
from django.db import migrations, models

import pishkhan.inspections.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("casework", "0001_initial"),
        ("geography", "0001_initial"),
        ("offices", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("head", models.CharField(default="", editable=False, max_length=64)),
                (
                    "id",
                    models.UUIDField(
                        default=pishkhan.inspections.models.fresh_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("initial", "Initial"),
                            ("final", "Final"),
                            ("routine", "Routine"),
                            ("complaint", "Complaint"),
                            ("follow_up", "Follow Up"),
                            ("closure_check", "Closure Check"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "seen",
                    models.CharField(
                        choices=[
                            ("office", "Office"),
                            ("proposed_place", "Proposed Place"),
                            ("atm", "Atm"),
                            ("bank_booth", "Bank Booth"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("performance", "Performance"),
                            ("health", "Health"),
                            ("establishment", "Establishment"),
                            ("address_correction", "Address Correction"),
                            ("atm_booth", "Atm Booth"),
                        ],
                        max_length=20,
                    ),
                ),
                ("edition", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("assigned", "Assigned"),
                            ("submitted", "Submitted"),
                            ("accepted", "Accepted"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("planned_on", models.DateField(blank=True, null=True)),
                ("visited_on", models.DateField(blank=True, null=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("passed", models.BooleanField(blank=True, null=True)),
                ("superseded", models.BooleanField(default=False)),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="casework.case",
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
                (
                    "inspector",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="people.person",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="offices.office",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["visited_on", "division"], name="visits_by_day"),
                    models.Index(fields=["state", "division"], name="visits_at_a_state"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case__isnull", False), ("seen", "proposed_place")),
                            models.Q(models.Q(("seen", "proposed_place"), _negated=True), ("office__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_visit_has_its_object",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("inspector__isnull", False),
                                ("passed__isnull", False),
                                ("state__in", ["submitted", "accepted"]),
                                ("submitted_at__isnull", False),
                                ("visited_on__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state__in", ["submitted", "accepted"]), _negated=True),
                                ("passed", None),
                                ("submitted_at", None),
                                ("visited_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="a_visit_that_was_made_is_told_wholly",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["initial", "final"]), _negated=True),
                            ("purpose", "establishment"),
                            _connector="OR",
                        ),
                        name="initial_and_final_visits_are_for_establishment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FurtherPurpose",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("performance", "Performance"),
                            ("health", "Health"),
                            ("establishment", "Establishment"),
                            ("address_correction", "Address Correction"),
                            ("atm_booth", "Atm Booth"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="further", to="inspections.visit"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("visit", "purpose"), name="each_further_purpose_once")],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=30)),
                (
                    "answer",
                    models.CharField(
                        choices=[("ok", "Ok"), ("not_ok", "Not Ok"), ("not_applicable", "Not Applicable")],
                        max_length=20,
                    ),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[("minor", "Minor"), ("major", "Major"), ("critical", "Critical")], max_length=10
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="inspections.visit"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("visit", "item"), name="one_finding_per_item")],
            },
        ),
    ]
