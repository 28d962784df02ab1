"""The ways of dialling: which are offered to whom, and what a softphone is handed."""

from urllib.parse import quote

from clicktodial.dialing import clusters, homes
from clicktodial.dialing.models import SOFTPHONES, Call, Cluster, DialProfile, Mode, Outcome

# Troubles after which another way may do what this one could not. A number that cannot be sent,
# or a queue, is not among them.
_NOT_OUT = ("bad_text", "abandoned", "interrupted")
OUT = (clusters.ClusterOut, clusters.ProxyMissing, clusters.ProxyStopped, homes.HomeUnknown)


def offered_at(cluster: Cluster, mode: Mode | str) -> bool:
    """Whether the administrators of a cluster allow this way."""
    name = "desk_phone" if mode == Mode.DESK_PHONE else str(mode)
    return bool(getattr(cluster, f"offers_{name}"))


def offered_to(profile: DialProfile) -> list[Mode]:
    """The ways offered at the home cluster, or anywhere while it is unknown."""
    home = profile.home_cluster
    known = [home] if home else list(Cluster.objects.filter(enabled=True))
    return [mode for mode in Mode if any(offered_at(cluster, mode) for cluster in known)]


def others(profile: DialProfile, mode: str) -> tuple[Mode, ...]:
    """What else the person may dial with, where one way is out."""
    return tuple(each for each in offered_to(profile) if each != mode)


def after(call: Call) -> tuple[Mode, ...]:
    """The other ways for a call that was not sent because its cluster is out; mostly none."""
    trouble = call.trouble
    if call.outcome != Outcome.NOT_SENT or trouble in _NOT_OUT or trouble.startswith("queue_"):
        return ()
    return others(DialProfile.objects.of(call.user), call.mode)


def handle_of(call: Call) -> str:
    """What opens the softphone on the person's computer; nothing for any other way."""
    if call.mode not in SOFTPHONES or not call.digits:
        return ""
    return f"{call.mode}:{quote(call.digits, safe='+*')}"
