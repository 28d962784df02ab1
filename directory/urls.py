"""The directory's addresses."""

from django.urls import path

from directory import views
from directory.pages import cards, charts, lists, own, who, wrong

app_name = "directory"
urlpatterns = [
    path("", views.search_page, name="search"),
    path("list/", lists.phone_list, name="phone_list"),
    path("who/", who.who, name="who"),
    path("who/many/", who.many, name="who_many"),
    path("me/", own.edit, name="own"),
    path("me/history/", own.history, name="own_history"),
    path("wrong/", wrong.wrong, name="wrong"),
    path("wrong/<int:pk>/told/", wrong.told, name="told"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/card.vcf", cards.card, name="card"),
    path("people/<int:pk>/org/", charts.org, name="org"),
    path("people/<int:pk>/codes/", cards.codes, name="codes"),
    path("people/<int:pk>/photo/", views.photo, name="photo"),
    path("people/<int:pk>/favourite/", views.favourite, name="favourite"),
    path("favourites/", views.favourites_page, name="favourites"),
    path("favourites/<int:pk>/move/", views.move_favourite, name="move_favourite"),
    path("departments/", views.departments, name="departments"),
    path("departments/<int:pk>/", views.department, name="department"),
    path("locations/", views.locations, name="locations"),
    path("locations/<int:pk>/", views.location, name="location"),
]
