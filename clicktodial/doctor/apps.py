from django.apps import AppConfig


class DoctorConfig(AppConfig):
    name = "clicktodial.doctor"
    label = "doctor"
