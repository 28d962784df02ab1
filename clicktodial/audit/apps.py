from django.apps import AppConfig
from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "clicktodial.audit"
    label = "audit"
    verbose_name = _("Audit")

    def ready(self) -> None:
        from clicktodial.audit import deletions, signals  # noqa: F401 - importing connects them

        admin.site.add_action(deletions.delete_selected, "delete_selected")
