from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SigninConfig(AppConfig):
    name = "clicktodial.signin"
    label = "signin"
    verbose_name = _("Signing in")

    def ready(self) -> None:
        from clicktodial.signin import checks, roles  # noqa: F401 — importing connects the checks

        post_migrate.connect(roles.make, sender=self)
