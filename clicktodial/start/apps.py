from django.apps import AppConfig


class StartConfig(AppConfig):
    name = "clicktodial.start"
    label = "start"
    verbose_name = "First start"
