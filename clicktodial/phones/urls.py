"""The addresses that phones ask; Unified CM's phone service names the first."""

from django.urls import path

from clicktodial.phones import views

app_name = "phones"
urlpatterns = [
    path("phone/", views.menu, name="menu"),
    path("phone/name/", views.by_name, name="by_name"),
    path("phone/number/", views.by_number, name="by_number"),
    path("phone/people/", views.people, name="people"),
    path("phone/people/<int:pk>/", views.person, name="person"),
    path("phone/department/", views.department, name="department"),
    path("phone/favourites/", views.kept, name="favourites"),
]
