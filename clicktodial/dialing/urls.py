from django.urls import path

from clicktodial.dialing.views import call, contacts, dial, identity, profile, recents, speed

app_name = "dialing"
urlpatterns = [
    path("", dial.dial, name="dial"),
    path("profile/", profile.profile, name="profile"),
    path("device/", profile.device, name="device"),
    path("identity/", identity.Identity.as_view(), name="identity"),
    path("identity/forget/", identity.forget, name="forget"),
    path("identity/sign-on/", identity.sign_on, name="sign_on"),
    path("token/", identity.Token.as_view(), name="token"),
    path("calls/", recents.calls, name="calls"),
    path("calls/erase/", recents.erase_all, name="erase_all"),
    path("calls/<uuid:click>/note/", recents.note, name="note"),
    path("calls/<uuid:click>/erase/", recents.erase, name="erase"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/add/", contacts.add, name="add_contact"),
    path("contacts/file/", contacts.take, name="take_contacts"),
    path("contacts/mine.csv", contacts.export, {"form": "csv"}, name="contacts_csv"),
    path("contacts/mine.vcf", contacts.export, {"form": "vcf"}, name="contacts_vcf"),
    path("contacts/<int:pk>/", contacts.contact, name="contact"),
    path("contacts/<int:pk>/delete/", contacts.delete, name="delete_contact"),
    path("speed/", speed.speed, name="speed"),
    path("speed/add/", speed.add, name="add_speed"),
    path("speed/favourites/", speed.add_favourites, name="add_favourites"),
    path("speed/<int:pk>/move/", speed.move, name="move_speed"),
    path("speed/<int:pk>/remove/", speed.remove, name="remove_speed"),
    path("calls/<uuid:click>/", call.call, name="call"),
    path("calls/<uuid:click>/end/", call.end, name="end"),
    path("calls/<uuid:click>/put-away/", call.put_away, name="put_away"),
    path("calls/<uuid:click>/window/", call.window, name="window"),
]
