import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("geography", "0001_initial"), ("notices", "0003_place_of_earlier_notices")]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="division",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="geography.division", to_field="code"
            ),
        ),
    ]
