from django.apps import AppConfig


class OperatingConfig(AppConfig):
    name = "clicktodial.operating"
    label = "operating"
