"""Where people sign in and out."""

from django.urls import URLPattern, URLResolver, path

from clicktodial.signin import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", views.SignIn.as_view(), name="login"),
    path("sign-out/", views.SignOut.as_view(), name="logout"),
    # Before the administration's own, which would know of passwords alone.
    path("admin/login/", views.admin_sign_in),
]
