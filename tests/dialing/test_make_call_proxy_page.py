"""The makeCallProxy form: off by default, empty, and with no address but Unified CM's."""

from typing import Any

import pytest

from clicktodial.dialing.models import Cluster
from clicktodial.simulator import Simulator

PAGE = "/dial/proxy/"


@pytest.fixture
def offered(clusters: dict[str, Cluster]) -> None:
    Cluster.objects.update(offers_proxy_page=True)


def test_it_is_off_until_an_administrator_turns_it_on(ada: Any, browser_of: Any) -> None:
    browser = browser_of(ada)
    assert browser.get(PAGE).status_code == 404
    assert PAGE not in browser.get("/dial/profile/").content.decode()


@pytest.mark.usefixtures("offered")
def test_its_only_address_is_unified_cm_by_post(
    ada: Any, browser_of: Any, simulator: Simulator
) -> None:
    answer = browser_of(ada).get(PAGE, {"number": "044 668 18 00", "pwd": "in the address"})
    page = answer.content.decode()
    node = simulator.node("west-1").url
    assert f'<form method="post" action="{node}/webdialer/Webdialer" target="webdialer"' in page
    assert 'name="destination" value="+41446681800"' in page
    assert f"form-action 'self' {node};" in answer.headers["Content-Security-Policy"]
    assert "in the address" not in page
    form = page.split("data-proxy")[1].split("</form>")[0]
    assert "csrf" not in form
    assert 'type="hidden"' not in form
    assert "MakeCallProxy HTTP Methods" in page


@pytest.mark.usefixtures("offered")
def test_it_takes_nothing_itself(ada: Any, browser_of: Any) -> None:
    assert browser_of(ada).post(PAGE, {"pwd": "secret"}).status_code == 405


@pytest.mark.usefixtures("offered")
def test_nobody_who_is_not_signed_in_sees_it(client: Any) -> None:
    assert client.get(PAGE).status_code == 302


def test_the_windows_size_is_the_clusters(ada: Any, browser_of: Any) -> None:
    Cluster.objects.filter(name="west").update(popup_width=1000, popup_height=760)
    page = browser_of(ada).get("/dial/profile/").content.decode()
    assert 'data-window="width=1000,height=760"' in page


def test_an_administrator_is_told_why_people_sign_in_at_every_click(
    admin_client: Any, clusters: dict[str, Cluster]
) -> None:
    page = admin_client.get(f"/admin/dialing/cluster/{clusters['west'].pk}/change/")
    assert "people sign in at every click with POST: choose GET" in page.content.decode()
