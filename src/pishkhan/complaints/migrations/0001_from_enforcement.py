"""Complaints are an app of their own: the tables stand already, as `enforcement` made them; only Django's state moves."""

import django.db.models.deletion
import uuid6
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_sides_and_subjects"),
        ("counter", "0001_initial"),
        ("enforcement", "0004_complaints_of_their_own"),
        ("files", "0002_contents_are_encrypted"),
        ("geography", "0002_gazetteer"),
        ("inspections", "0005_objects_objections_and_waivers"),
        ("offices", "0002_changes_and_undertakings"),
        ("people", "0005_signed_out_everywhere"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Complaint",
                    fields=[
                        ("revision", models.PositiveIntegerField(default=0, editable=False)),
                        ("head", models.CharField(default="", editable=False, max_length=64)),
                        (
                            "id",
                            models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False),
                        ),
                        ("number", models.CharField(max_length=24, unique=True)),
                        ("code", models.CharField(max_length=11, unique=True)),
                        (
                            "door",
                            models.CharField(
                                choices=[("web", "Web"), ("api", "Api"), ("phone", "Phone"), ("paper", "Paper")],
                                max_length=10,
                            ),
                        ),
                        ("reference", models.CharField(blank=True, max_length=60)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("closed", "closed"),
                                    ("overcharged", "overcharged"),
                                    ("unlike", "unlike"),
                                    ("refused", "refused"),
                                    ("behaviour", "behaviour"),
                                    ("waiting", "waiting"),
                                    ("papers", "papers"),
                                    ("unlicensed", "unlicensed"),
                                    ("no_office", "no_office"),
                                    ("other", "other"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("charged", models.PositiveBigIntegerField(blank=True, null=True)),
                        ("happened_on", models.DateField()),
                        ("received_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("received", "Received"),
                                    ("joined", "Joined"),
                                    ("sent", "Sent"),
                                    ("answered", "Answered"),
                                    ("visiting", "Visiting"),
                                    ("case", "Case"),
                                    ("dismissed", "Dismissed"),
                                    ("closed", "Closed"),
                                ],
                                default="received",
                                max_length=10,
                            ),
                        ),
                        ("since", models.DateField()),
                        ("not_due_before", models.DateField(blank=True, null=True)),
                        ("escalated_on", models.DateField(blank=True, null=True)),
                        ("released", models.BooleanField(default=False)),
                        (
                            "joined_from",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("received", "Received"),
                                    ("joined", "Joined"),
                                    ("sent", "Sent"),
                                    ("answered", "Answered"),
                                    ("visiting", "Visiting"),
                                    ("case", "Case"),
                                    ("dismissed", "Dismissed"),
                                    ("closed", "Closed"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("remedied", "Remedied"),
                                    ("explained", "Explained"),
                                    ("pursued", "Pursued"),
                                    ("unfounded", "Unfounded"),
                                    ("referred", "Referred"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("settled", models.BooleanField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
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
                            "joined_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="joined",
                                to="complaints.complaint",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="complaints",
                                to="offices.office",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.organisation",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.person",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="counter.service",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="inspections.visit",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "enforcement_complaint",
                    },
                ),
                migrations.CreateModel(
                    name="ComplaintPhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "complaint",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="complaints.complaint",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                            ),
                        ),
                    ],
                    options={
                        "db_table": "enforcement_complaintphoto",
                    },
                ),
                migrations.AddIndex(
                    model_name="complaint",
                    index=models.Index(fields=["division", "state"], name="complaints_by_place"),
                ),
                migrations.AddIndex(
                    model_name="complaint",
                    index=models.Index(fields=["office", "kind", "happened_on"], name="complaints_about_an_office"),
                ),
                migrations.AddIndex(
                    model_name="complaint",
                    index=models.Index(
                        condition=models.Q(("not_due_before__isnull", False)),
                        fields=["not_due_before"],
                        name="complaints_due",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="complaint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("joined_to__isnull", False),
                                ("state", "joined"),
                                models.Q(("joined_from", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "joined"), _negated=True), ("joined_from", ""), ("joined_to", None)
                            ),
                            _connector="OR",
                        ),
                        name="what_is_joined_knows_to_what",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="complaint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("joined_to", None), models.Q(("joined_to", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="no_complaint_is_joined_to_itself",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="complaint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), models.Q(("outcome", ""), _negated=True)),
                            models.Q(models.Q(("state", "closed"), _negated=True), ("outcome", "")),
                            _connector="OR",
                        ),
                        name="a_closed_complaint_has_its_outcome",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="complaint",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("person", None), ("organisation", None), _connector="OR"),
                        name="one_holder_is_asked_to_answer",
                    ),
                ),
            ]
        )
    ]
