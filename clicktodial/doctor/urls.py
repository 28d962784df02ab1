from django.contrib import admin
from django.urls import path

from clicktodial.doctor import views

app_name = "doctor"
urlpatterns = [
    path("", admin.site.admin_view(views.doctor), name="doctor"),
    path("cluster/<int:pk>/", admin.site.admin_view(views.beside), name="cluster"),
]
