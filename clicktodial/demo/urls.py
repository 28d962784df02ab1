"""The site's addresses, and the style guide."""

from django.urls import URLPattern, URLResolver, path

from clicktodial import urls as site
from clicktodial.demo import styleguide

handler500 = site.handler500

urlpatterns: list[URLPattern | URLResolver] = [
    *site.urlpatterns,
    path("styleguide/", styleguide.guide, name="styleguide"),
    path("styleguide/errors/<str:code>/", styleguide.error, name="styleguide_error"),
]
