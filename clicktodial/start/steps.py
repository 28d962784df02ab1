"""What is to be done before people can use the site; each step sees by itself whether it is."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from clicktodial.dialing.models import Call, Cluster, DialProfile, Node, Outcome
from directory.models import Person


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    about: str
    is_done: bool
    address: str
    press: str


def steps(user: Any) -> list[Step]:
    """The steps in the order in which they can be done."""
    return [
        Step(_("An administrator"), _("That is you."), True, "", ""),
        *(_cluster_steps() if settings.DIALING else ()),
        Step(
            _("People"),
            _("A file shows first what would change. A few can also be entered by hand."),
            Person.objects.exists(),
            _first_of("admin:directory_importrun_add", "admin:directory_person_add"),
            _("Add people"),
        ),
        *(_own_steps(user) if settings.DIALING else ()),
    ]


def _cluster_steps() -> list[Step]:
    cluster = Cluster.objects.filter(enabled=True).first()
    change = reverse("admin:dialing_cluster_change", args=[cluster.pk]) if cluster else ""
    add = reverse("admin:dialing_cluster_add")
    nodes = Node.objects.filter(enabled=True, cluster__enabled=True)
    return [
        Step(
            _("A cluster"),
            _(
                "The host names of the nodes that run Cisco WebDialer Web Service, the application "
                "user with its password, and the CA that signed their certificates."
            ),
            nodes.exists(),
            change or add,
            _("Add a node") if cluster else _("Add a cluster"),
        ),
        Step(
            _("Its nodes answer"),
            _("The doctor says line by line what is fine and what to do. It never places a call."),
            nodes.exclude(generation="").exists(),
            f"{change}#doctor" if change else "",
            _("Ask the doctor"),
        ),
    ]


def _own_steps(user: Any) -> list[Step]:
    return [
        Step(
            _("Your own phone"),
            _("Unified CM lists your phones by your user id there. Choose the one on your desk."),
            DialProfile.objects.filter(user=user).exclude(device="").exists(),
            reverse("dialing:device"),
            _("Choose my phone"),
        ),
        Step(
            _("A call to yourself"),
            _("Enter the number of your mobile: your desk phone dials it, and both ring."),
            Call.objects.filter(user=user, outcome=Outcome.ACCEPTED).exists(),
            reverse("dialing:dial"),
            _("Place a test call"),
        ),
    ]


def _first_of(*names: str) -> str:
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""
