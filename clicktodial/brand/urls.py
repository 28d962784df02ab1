from django.urls import path

from clicktodial.brand import views

app_name = "brand"
urlpatterns = [
    path("brand/<slug:name>-<slug:digest>.css", views.stylesheet, name="stylesheet"),
    path("brand/logo-<slug:ground>-<slug:digest>", views.logo, name="logo"),
    path("brand/icon-<int:size>-<slug:shape>.png", views.app_icon, name="icon"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
