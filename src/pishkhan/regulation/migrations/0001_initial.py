import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Instrument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("head", models.CharField(default="", editable=False, max_length=64)),
                ("code", models.CharField(max_length=40, unique=True)),
                ("title_fa", models.CharField(max_length=200)),
                ("title_en", models.CharField(max_length=200)),
                ("issuer", models.CharField(blank=True, max_length=100)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("adopted_on", models.DateField(blank=True, null=True)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "confidence",
                    models.CharField(
                        choices=[("official", "Official"), ("secondary", "Secondary"), ("default", "Default")],
                        max_length=10,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("head", models.CharField(default="", editable=False, max_length=64)),
                ("day", models.DateField()),
                ("division_id", models.CharField(blank=True, max_length=16)),
                ("name_fa", models.CharField(max_length=100)),
                ("name_en", models.CharField(max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[("solar", "Solar"), ("lunar", "Lunar"), ("declared", "Declared")], max_length=10
                    ),
                ),
                ("withdrawn", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [models.Index(fields=["day"], name="holidays_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("day", "division_id", "name_en"), name="one_holiday_of_a_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="Number",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("head", models.CharField(default="", editable=False, max_length=64)),
                ("key", models.CharField(max_length=60)),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("place", models.CharField(blank=True, max_length=16)),
                ("value", models.BigIntegerField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("article", models.CharField(blank=True, max_length=40)),
                (
                    "confidence",
                    models.CharField(
                        choices=[("official", "Official"), ("secondary", "Secondary"), ("default", "Default")],
                        max_length=10,
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300)),
                (
                    "instrument",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="numbers",
                        to="regulation.instrument",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "kind", "place", "valid_from"), name="one_number_per_scope_and_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confidence", "default"), ("instrument", None)),
                            models.Q(models.Q(("confidence", "default"), _negated=True), ("instrument__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_default_has_no_instrument_and_all_else_has",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="a_number_holds_for_a_day_at_least",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adoption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                ("head", models.CharField(default="", editable=False, max_length=64)),
                ("division_id", models.CharField(max_length=16)),
                ("decision", models.CharField(max_length=60)),
                ("adopted_on", models.DateField()),
                (
                    "number",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="adoptions", to="regulation.number"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("number", "division_id"), name="one_adoption_per_province")
                ],
            },
        ),
    ]
