from django.apps import AppConfig


class DialingConfig(AppConfig):
    name = "clicktodial.dialing"
    label = "dialing"
    verbose_name = "Dialing"
