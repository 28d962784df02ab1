from django.contrib import admin
from django.urls import path

from clicktodial.doctor.views import doctor

app_name = "doctor"
urlpatterns = [path("", admin.site.admin_view(doctor), name="doctor")]
