import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("notices", "0004_every_notice_has_a_place"), ("people", "0004_how_one_is_reached")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="people.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="recipient",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="people.person",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=Q(recipient__isnull=False, organisation=None)
                | Q(recipient=None, organisation__isnull=False, channel="letter"),
                name="a_notice_has_one_recipient",
            ),
        ),
    ]
