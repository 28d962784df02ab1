"""The Unified CM that the dialling tests call: two clusters of different generation."""

from typing import Any

from clicktodial.dialing.models import Cluster, DialProfile, Node
from clicktodial.sealed import Sealed
from clicktodial.simulator import Simulator
from clicktodial.webdialer import Secret

PASSWORD = "proxy-p4ss&<word>"
OWN_PASSWORD = "ada's own; <secret>"
TOKEN = "token-of-ada"
OLD_TOKEN = "expired-token-of-ada"
PROTECTED, FAC, CMC = "5555", "864209753", "2718"
ADA_DESK = "SEP0000000000A1"
ADA_SOFT = "CSFada"
BRUNO_DESK = "SEP0000000000B1"


def _cluster(name: str, *, generation: str, users: list[Any], devices: list[Any]) -> dict[str, Any]:
    return {
        "name": name,
        "nodes": [
            {"name": f"{name}-1", "generation": generation},
            {"name": f"{name}-2", "generation": generation},
        ],
        "users": users,
        "application_users": [
            {"id": "clicktodial", "password": PASSWORD, "proxy": True},
            {"id": "norights", "password": PASSWORD, "proxy": False},
        ],
        "devices": devices,
        "destinations": [
            {"pattern": "7777", "behaviour": "no route"},
            {"pattern": "8888", "behaviour": "busy"},
            {"pattern": PROTECTED, "fac": [FAC], "cmc": [CMC]},
        ],
        "settings": {"calls_a_second": 8, "answer_seconds": 0.2},
    }


SCENE: dict[str, Any] = {
    "clusters": [
        _cluster(
            "west",
            generation="axis",
            users=[
                {
                    "id": "ada",
                    "password": OWN_PASSWORD,
                    "devices": [ADA_DESK, ADA_SOFT],
                    "primary_line": "1002",
                    "tokens": [{"text": TOKEN}, {"text": OLD_TOKEN, "expired": True}],
                }
            ],
            devices=[
                {
                    "name": ADA_DESK,
                    "model": "Cisco 8861",
                    "description": "Ada at the window",
                    "lines": [
                        {"dn": "1001", "partition": "Internal"},
                        {"dn": "1002", "partition": ""},
                    ],
                },
                {"name": ADA_SOFT, "lines": [{"dn": "1001", "partition": "Internal"}]},
            ],
        ),
        _cluster(
            "east",
            generation="literal",
            users=[{"id": "bruno", "password": "bruno-own", "devices": [BRUNO_DESK]}],
            devices=[{"name": BRUNO_DESK, "lines": [{"dn": "2001", "partition": "Global E164"}]}],
        ),
    ]
}


def enter(simulator: Simulator) -> dict[str, Cluster]:
    """The simulator's clusters and nodes as an administrator would enter them."""
    clusters: dict[str, Cluster] = {}
    for place, address in enumerate(simulator.nodes):
        if address.cluster not in clusters:
            clusters[address.cluster] = Cluster.objects.create(
                name=address.cluster,
                order=place,
                application_user="clicktodial",
                proxy_password=Sealed.around(Secret(PASSWORD)),
                ca=address.ca_pem,
                connect_seconds=2,
                answer_seconds=2,
                calls_a_second=8,
            )
        Node.objects.create(
            cluster=clusters[address.cluster],
            host=address.host,
            port=address.port,
            secure=address.secure,
            order=place,
        )
    return clusters


def choose(user: Any, *, device: str, line: str, home: Cluster | None = None) -> DialProfile:
    """A profile whose phone is chosen already."""
    profile = DialProfile.objects.of(user)
    profile.device, profile.line, profile.home_cluster = device, line, home
    profile.save()
    return profile
