"""How people dial is found and mended by the help desk."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from clicktodial.dialing.models import Cluster, DialProfile

LIST = reverse("admin:dialing_dialprofile_changelist")


@pytest.fixture
def profile(db: None) -> DialProfile:
    ada = get_user_model().objects.create_user("ada", first_name="Ada", last_name="Lovelace")
    home = Cluster.objects.create(name="west")
    return DialProfile.objects.create(
        user=ada, cucm_user_id="alovelace", home_cluster=home, device="SEPADA", line="1001 ; P"
    )


def form(profile: DialProfile, **changes: str) -> dict[str, object]:
    return {
        "user": profile.user_id,
        "cucm_user_id": profile.cucm_user_id,
        "mode": profile.mode,
        "home_cluster": profile.home_cluster_id,
        "device": profile.device,
        "line": profile.line,
    } | changes


@pytest.mark.parametrize("term", ["lovelace", "alovelace", "SEPADA", "1001"])
def test_a_profile_is_found_by_person_user_id_device_or_line(
    profile: DialProfile, admin_client: Client, term: str
) -> None:
    assert "SEPADA" in admin_client.get(LIST, {"q": term}).content.decode()
    assert "SEPADA" not in admin_client.get(LIST, {"q": "nobody"}).content.decode()


def test_people_and_clusters_are_chosen_by_typing(
    profile: DialProfile, admin_client: Client
) -> None:
    for field, term in (("user", "ada"), ("home_cluster", "wes")):
        answer = admin_client.get(
            reverse("admin:autocomplete"),
            {
                "app_label": "dialing",
                "model_name": "dialprofile",
                "field_name": field,
                "term": term,
            },
        )
        assert len(answer.json()["results"]) == 1


def test_a_device_without_its_line_is_refused_in_words(
    profile: DialProfile, admin_client: Client
) -> None:
    url = reverse("admin:dialing_dialprofile_change", args=[profile.pk])
    page = admin_client.post(url, form(profile, line="")).content.decode()
    assert "Enter the device and its line, or neither" in page
    assert DialProfile.objects.get().line == "1001 ; P"


def test_emptying_device_and_line_lets_the_person_choose_again(
    profile: DialProfile, admin_client: Client
) -> None:
    url = reverse("admin:dialing_dialprofile_change", args=[profile.pk])
    assert admin_client.post(url, form(profile, device="", line="")).status_code == 302
    assert DialProfile.objects.get().device == ""
