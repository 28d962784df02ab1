"""The one address of this app."""

from django.urls import path

from clicktodial.languages import views

app_name = "languages"
urlpatterns = [path("language/", views.language, name="language")]
