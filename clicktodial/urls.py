"""Every address of the site."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.urls import URLPattern, URLResolver, include, path

handler500 = "clicktodial.error_page.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("directory.urls")),
    path("", include("clicktodial.brand.urls")),
    path(
        "sign-in/",
        auth_views.LoginView.as_view(
            redirect_authenticated_user=True,
            # The view's own is the address's host, since there is no Site here.
            extra_context={"site_name": settings.SITE_NAME},
        ),
        name="login",
    ),
    path("sign-out/", auth_views.LogoutView.as_view(), name="logout"),
    path("admin/", admin.site.urls),
]
if settings.DIALING:
    urlpatterns += [
        path("", include("clicktodial.api.urls")),
        path("dial/", include("clicktodial.dialing.urls")),
    ]
