"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

handler500 = "clicktodial.error_page.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("directory.urls")),
    path("", include("clicktodial.brand.urls")),
    path("", include("clicktodial.signin.urls")),
    path("", include("clicktodial.languages.urls")),
    path("", include("clicktodial.start.urls")),
    path("admin/doctor/", include("clicktodial.doctor.urls")),
    path("", include("clicktodial.phones.urls")),  # phones dial by themselves
    path("admin/", admin.site.urls),
]
if settings.DIALING:
    urlpatterns += [
        path("", include("clicktodial.api.urls")),
        path("dial/", include("clicktodial.dialing.urls")),
    ]
