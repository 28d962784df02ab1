from django.urls import path

from clicktodial.brand import views

app_name = "brand"
urlpatterns = [
    path("brand/logo-<slug:ground>-<slug:digest>", views.logo, name="logo"),
    path("brand/icon-<int:size>-<slug:shape>.png", views.app_icon, name="icon"),
    path("brand/<slug:stem>-<slug:digest>.<slug:kind>", views.joined, name="joined"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("offline/", views.offline, name="offline"),
    path("worker.js", views.worker, name="worker"),
]
