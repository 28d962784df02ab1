"""Where people sign in and out."""

import importlib.util

from django.urls import URLPattern, URLResolver, path

from clicktodial.signin import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", views.SignIn.as_view(), name="login"),
    path("signed-out/", views.SignedOut.as_view(), name="signed_out"),
    path("sign-out/", views.SignOut.as_view(), name="logout"),
    # Before the administration's own, which would know of passwords alone.
    path("admin/login/", views.admin_sign_in),
]
if importlib.util.find_spec("mozilla_django_oidc"):  # the extra; without an issuer, all 404
    from clicktodial.signin import openid_views

    urlpatterns += [
        path("sign-in/openid/", openid_views.ToProvider.as_view(), name="oidc_authentication_init"),
        path(
            "sign-in/openid/back/",
            openid_views.FromProvider.as_view(),
            name="oidc_authentication_callback",
        ),
    ]
