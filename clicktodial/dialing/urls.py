from django.urls import path

from clicktodial.dialing.views import call, dial, identity, profile

app_name = "dialing"
urlpatterns = [
    path("", dial.dial, name="dial"),
    path("profile/", profile.profile, name="profile"),
    path("device/", profile.device, name="device"),
    path("identity/", identity.Identity.as_view(), name="identity"),
    path("identity/forget/", identity.forget, name="forget"),
    path("identity/sign-on/", identity.sign_on, name="sign_on"),
    path("token/", identity.Token.as_view(), name="token"),
    path("calls/<uuid:click>/", call.call, name="call"),
    path("calls/<uuid:click>/end/", call.end, name="end"),
    path("calls/<uuid:click>/put-away/", call.put_away, name="put_away"),
    path("calls/<uuid:click>/window/", call.window, name="window"),
]
