from django.urls import path

from clicktodial.start import views

app_name = "start"
urlpatterns = [path("start/", views.administrator, name="administrator")]
