from django.db import migrations, models
from django.db.models import Q


def key(to: str, **where: str) -> models.ForeignKey:
    return models.ForeignKey(
        blank=True, null=True, on_delete=models.PROTECT, related_name="+", to=f"people.{to}", **where
    )


class Migration(migrations.Migration):
    """The person whom a notice tells is called as with every party; the column keeps its name."""

    dependencies = [("notices", "0005_notices_to_organisations")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint("notice", "a_notice_has_one_recipient"),
                migrations.RenameField("notice", "recipient", "person"),
                migrations.AlterField("notice", "person", key("person", db_column="recipient_id")),
                migrations.AlterField("notice", "organisation", key("organisation")),
                migrations.AddConstraint(
                    "notice",
                    models.CheckConstraint(
                        condition=Q(person__isnull=False, organisation=None)
                        | Q(person=None, organisation__isnull=False, channel="letter"),
                        name="a_notice_has_one_recipient",
                    ),
                ),
            ]
        )
    ]
