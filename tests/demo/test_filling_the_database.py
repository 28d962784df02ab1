"""The company stands in the directory as it was invented, findable and able to sign in."""

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import override_settings
from PIL import Image

from clicktodial.demo import rows, scene
from clicktodial.demo.services import every_service
from clicktodial.demo.staff import everybody
from clicktodial.dialing.models import Cluster, DialProfile, Mode, Node
from clicktodial.simulator import Simulator
from directory import search
from directory.models import Department, Location, Number, Person
from directory.models.people import managers
from directory.visibility import viewer_of

PASSWORD = "a-password-of-the-tests"


@pytest.fixture(scope="module")
def company(django_db_setup, django_db_blocker, tmp_path_factory):
    """The company in the database, written once for all tests here and taken out again."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        rows.write(password=PASSWORD)
        yield media
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def found(text, user="ada"):
    viewer = viewer_of(get_user_model().objects.get(username=user))
    return [row.name for row in search.find(text, viewer=viewer).people]


def test_everybody_is_there():
    assert Person.objects.count() == len(everybody().people) + len(every_service())
    assert Person.objects.filter(kind=Person.Kind.PERSON).count() >= 300
    assert Department.objects.count() == len(everybody().departments)
    assert Location.objects.values("country").distinct().count() >= 6
    assert not rows.are_missing()


def test_every_row_would_pass_its_own_form():
    for model in (Location, Department, Person, Number):
        for row in model.objects.all()[::7]:
            row.full_clean()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("zolc", "Łukasz Żółć"),
        ("odegard", "Søren Ødegård"),
        ("obrien", "Siobhán O'Brien-Núñez"),
        ("null", "Ned Null"),
        ("sunniva", "Sunniva"),
        ("sharon", "Sharon 林"),
        ("الحد", "ليلى الحدّاد"),
        ("service desk", "IT Service Desk"),
        ("4991", "Test line: always busy"),
        ("nimbus osaka", "Meeting room Nimbus, Osaka"),
    ],
)
def test_awkward_entries_are_found(text, name):
    assert name in found(text)


def test_the_org_chart_leads_from_everybody_to_the_top():
    chief = Person.objects.get(external_id=everybody().people[0].id)
    ada = Person.objects.get(cucm_user_id="ada")

    assert managers(ada)[-1] == chief
    assert Department.objects.filter(head=None).count() == 0


def test_photos_are_squares_that_can_be_opened(company):
    person = Person.objects.exclude(photo="").first()

    with Image.open(company / person.photo.name) as image:
        assert image.size == (person.photo_size, person.photo_size)
    assert 0.2 < Person.objects.exclude(photo="").count() / Person.objects.count() < 0.45


@pytest.mark.parametrize("name", ["ada", "bruno", "chie", "admin"])
def test_the_demo_people_sign_in_and_are_somebody(name):
    user = get_user_model().objects.get(username=name)

    assert user.check_password(PASSWORD)
    assert user.person.cucm_user_id == name
    assert user.is_superuser is (name == "admin")


def test_clusters_follow_the_simulator_from_start_to_start():
    for _ in range(2):  # the second time with other ports, in another order
        play = scene.scene(password="x", proxy_password="secret")
        with Simulator(play) as simulator:
            rows.connect_clusters(simulator, proxy_password="secret")
            expected = {(node.host, node.port) for node in simulator.nodes}
        assert set(Node.objects.values_list("host", "port")) == expected
    europe = Cluster.objects.get(name="Europe")
    assert europe.proxy.password.reveal() == "secret"
    assert europe.ca.startswith("-----BEGIN CERTIFICATE-----")

    rows.write_profiles()
    profiles = {profile.cucm_user_id: profile for profile in DialProfile.objects.all()}
    assert not profiles["ada"].device
    assert profiles["bruno"].device.startswith("SEP")
    assert profiles["bruno"].home_cluster.name == "Overseas"
    assert profiles["chie"].mode == Mode.POPUP


def test_a_choice_that_a_visitor_made_is_kept_at_the_next_start():
    with Simulator(scene.scene(password="x", proxy_password="secret")) as simulator:
        rows.connect_clusters(simulator, proxy_password="secret")
    rows.write_profiles()
    profile = DialProfile.objects.get(cucm_user_id="ada")
    profile.device, profile.line = "CSFADA", "4036 ; Internal"
    profile.save()

    rows.write_profiles()

    assert DialProfile.objects.get(cucm_user_id="ada").device == "CSFADA"
