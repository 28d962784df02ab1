from django.urls import path

from clicktodial.dialing import views

app_name = "dialing"
urlpatterns = [
    path("", views.dial, name="dial"),
    path("profile/", views.profile, name="profile"),
    path("device/", views.device, name="device"),
    path("calls/<uuid:click>/", views.call, name="call"),
    path("calls/<uuid:click>/end/", views.end, name="end"),
    path("calls/<uuid:click>/put-away/", views.put_away, name="put_away"),
    path("calls/<uuid:click>/window/", views.window, name="window"),
]
