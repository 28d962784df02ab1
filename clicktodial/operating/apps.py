from django.apps import AppConfig


class OperatingConfig(AppConfig):
    name = "clicktodial.operating"
    label = "operating"

    def ready(self) -> None:
        from clicktodial.operating import checks  # noqa: F401 - importing it registers the checks
