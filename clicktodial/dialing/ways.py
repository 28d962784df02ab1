"""The ways of dialling: which are offered to whom, and what a softphone is handed."""

from urllib.parse import quote

from clicktodial.dialing import clusters, homes
from clicktodial.dialing.models import (
    SOFTPHONES,
    Call,
    Cluster,
    DialProfile,
    Known,
    Mode,
    Outcome,
)

# Troubles after which another way may do what this one could not. A number that cannot be sent,
# or a queue, is not among them.
_NOT_OUT = ("bad_text", "not_delegated", "abandoned", "interrupted")
_TAKES_NO_CALLS = (6, 9)  # WebDialer's codes: unavailable, overloaded; every node was asked twice
_SITE_REFUSED = (2, 3)  # the application user is refused, and so is everybody it dials for
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
    """The other ways for a call that was not placed because its cluster is out; mostly none.

    Of a call from somebody else's phone that may be one's own, where another cluster has it.
    """
    if not _is_out(call):
        return ()
    mine = DialProfile.objects.of(call.user)
    elsewhere = call.owner is not None and mine.home_cluster_id != call.cluster_id
    return others(mine, "" if elsewhere else call.mode)


def _is_out(call: Call) -> bool:
    """Whether nothing was placed for sure, and nobody's call is taken at the moment."""
    if call.outcome == Outcome.REFUSED:
        by_proxy = call.known_by == Known.PROXY
        return call.code in _TAKES_NO_CALLS or (by_proxy and call.code in _SITE_REFUSED)
    trouble = call.trouble
    is_own = trouble in _NOT_OUT or trouble.startswith("queue_")
    return call.outcome == Outcome.NOT_SENT and not is_own


def handle_of(call: Call) -> str:
    """What opens the softphone on the person's computer; nothing for any other way."""
    if call.mode not in SOFTPHONES or not call.digits:
        return ""
    return f"{call.mode}:{quote(call.digits, safe='+*')}"
