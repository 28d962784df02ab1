"""The simulator plays the same people, with a phone on every desk."""

import pytest

from clicktodial.demo import scene as scenes
from clicktodial.demo.company import EUROPE, OVERSEAS
from clicktodial.demo.services import BUSY, CMC, FAC, NOWHERE, PROTECTED, UNANSWERED
from clicktodial.demo.staff import everybody
from clicktodial.simulator import PhoneState, Simulator
from clicktodial.webdialer import (
    Address,
    Caller,
    Generation,
    NoRoute,
    ProxyCredential,
    Secret,
    Transport,
    WebDialer,
    find_generation,
)


@pytest.fixture(scope="module")
def simulator():
    with Simulator(scenes.scene(password="people", proxy_password="proxy")) as running:
        yield running


@pytest.fixture
def dialer(simulator):
    """A client of a cluster's first node, as the site would make one."""
    opened = []

    def connect(cluster):
        node = simulator.node(scenes.NODES[cluster][0])
        transport = Transport(Address(node.host, node.port), ca=node.ca_pem)
        opened.append(transport)
        return WebDialer(
            transport,
            generation=Generation(scenes.GENERATIONS[cluster]),
            credential=ProxyCredential(scenes.APPLICATION_USER, Secret("proxy")),
        )

    simulator.reset()
    yield connect
    for transport in opened:
        transport.close()


def person(user_id):
    return next(each for each in everybody().people if each.user_id == user_id)


def test_there_are_two_clusters_of_different_generation_with_two_nodes_each(simulator):
    found = {}
    for node in simulator.nodes:
        transport = Transport(Address(node.host, node.port), ca=node.ca_pem)
        found.setdefault(node.cluster, []).append(find_generation(transport))
        transport.close()

    assert found == {EUROPE: [Generation.LITERAL] * 2, OVERSEAS: [Generation.AXIS] * 2}


def test_every_person_is_at_home_in_exactly_one_cluster(simulator):
    users = [user.id for cluster in simulator.scene.clusters for user in cluster.users]

    assert sorted(users) == sorted(each.user_id for each in everybody().people)


def test_ada_has_two_devices_and_one_has_two_lines(dialer):
    devices = dialer(EUROPE).get_profile("ada")

    assert [len(device.lines) for device in devices] == [2, 1]


def test_bruno_has_the_one_device_that_the_demo_chooses_for_him(dialer):
    (device,) = dialer(OVERSEAS).get_profile("bruno")

    assert device.name == scenes.desk_phone(person("bruno"))
    assert [line.text for line in device.lines] == [scenes.desk_line(person("bruno"))]


@pytest.mark.parametrize(
    ("number", "state"),
    [
        (BUSY, PhoneState.BUSY),
        (UNANSWERED, PhoneState.RINGING),
        (PROTECTED, PhoneState.FAILED),
        (f"{PROTECTED}{FAC}{CMC}#", PhoneState.RINGING),
        ("0041440004100", PhoneState.RINGING),
    ],
)
def test_the_test_lines_do_what_the_directory_says(number, state, simulator, dialer):
    bruno = person("bruno")
    caller = Caller("bruno", scenes.desk_phone(bruno), scenes.desk_line(bruno))

    dialer(OVERSEAS).make_call(number, caller=caller)

    assert simulator.phone(caller.device).state is state
    assert simulator.phone(caller.device).digits == number


def test_the_line_that_leads_nowhere_is_refused(dialer):
    bruno = person("bruno")
    caller = Caller("bruno", scenes.desk_phone(bruno), scenes.desk_line(bruno))

    with pytest.raises(NoRoute):
        dialer(OVERSEAS).make_call(NOWHERE, caller=caller)
