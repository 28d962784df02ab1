from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "clicktodial.demo"
    label = "demo"
    verbose_name = "Demo"
