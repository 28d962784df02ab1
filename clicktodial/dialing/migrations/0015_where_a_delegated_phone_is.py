import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    """A phone was looked for at its owner's home so far."""
    profiles = apps.get_model("dialing", "DialProfile").objects
    named = apps.get_model("dialing", "Delegation").objects.exclude(device="")
    for delegation in named.iterator():
        profile = profiles.filter(user=delegation.owner_id).first()
        if profile and profile.home_cluster_id:
            named.filter(pk=delegation.pk).update(cluster=profile.home_cluster_id)


class Migration(migrations.Migration):
    dependencies = [("dialing", "0014_device_model")]

    operations = [
        migrations.AddField(
            model_name="delegation",
            name="cluster",
            field=models.ForeignKey(
                blank=True,
                help_text="Where the device is.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="dialing.cluster",
                verbose_name="cluster",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
