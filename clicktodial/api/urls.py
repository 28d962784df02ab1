"""The API's addresses, and the page where people make its tokens."""

from django.urls import path, re_path

from clicktodial.api.door import door, nowhere
from clicktodial.api.views import calls, document, people, tokens

app_name = "api"
urlpatterns = [
    path("dial/tokens/", tokens.tokens, name="tokens"),
    path("dial/tokens/<int:pk>/revoke/", tokens.revoke, name="revoke"),
    path("api/v1/openapi.json", document.openapi, name="openapi"),
    path("api/v1/people", door(GET=people.find), name="people"),
    path("api/v1/people/<int:pk>", door(GET=people.person), name="person"),
    path("api/v1/numbers/<path:text>", door(GET=people.number), name="number"),
    path("api/v1/calls", door(POST=calls.place), name="calls"),
    path("api/v1/calls/<uuid:click>", door(GET=calls.call), name="call"),
    path("api/v1/calls/<uuid:click>/hang-up", door(POST=calls.hang_up), name="hang_up"),
    re_path(r"^api/", nowhere),
]
