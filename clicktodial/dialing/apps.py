from django.apps import AppConfig


class DialingConfig(AppConfig):
    name = "clicktodial.dialing"
    label = "dialing"
    verbose_name = "Dialing"

    def ready(self) -> None:
        from clicktodial.dialing import checks  # noqa: F401 - importing it registers the checks
