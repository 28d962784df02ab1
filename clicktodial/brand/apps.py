from django.apps import AppConfig


class BrandConfig(AppConfig):
    name = "clicktodial.brand"
    label = "brand"
    verbose_name = "Brand"
