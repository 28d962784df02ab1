"""A cluster is entered, and the doctor beside it tells at once what is fine and what to do."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from clicktodial.dialing.models import Cluster
from clicktodial.simulator import Simulator
from tests.dialing.scene import PASSWORD


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without"])
def test_a_new_cluster_is_examined_where_it_was_entered(
    script: bool,
    simulator: Simulator,
    page_of: Callable[..., Page],
    transactional_db: None,
) -> None:
    node = simulator.nodes[0]
    page = page_of(get_user_model().objects.create_superuser("admin"), java_script_enabled=script)
    page.goto("/admin/dialing/cluster/add/")
    page.get_by_label("Name:").fill("Zurich")
    page.get_by_label("Application user:").fill("clicktodial")
    page.get_by_label("New password:").fill(PASSWORD)
    page.get_by_label("Certificate authority:").fill(node.ca_pem)
    page.locator("[name=nodes-0-host]").fill("localhost")
    page.locator("[name=nodes-0-port]").fill(str(node.port))
    page.get_by_role("button", name="Save", exact=True).click()

    doctor = page.get_by_role("region", name="Doctor", exact=True)
    expect(doctor).to_be_in_viewport()
    if not script:
        doctor.get_by_role("button", name="Examine").click()
    expect(doctor.get_by_role("row", name="WebDialer")).to_contain_text("fine")
    expect(doctor.get_by_role("row", name="Application user")).to_contain_text("not tried")

    page.get_by_label("Unified CM user id").fill("ada")
    doctor.get_by_role("button", name="Examine").click()
    expect(doctor.get_by_role("row", name="Application user")).to_contain_text("ada has SEP")
    page.get_by_role("button", name="Test this node").click()
    expect(doctor.get_by_role("row", name="Certificate")).to_contain_text(
        "clicktodial simulator CA"
    )

    page.get_by_label("Name:").fill("Zürich")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_attached()
    assert Cluster.objects.get().name == "Zürich"
    assert not simulator.calls
