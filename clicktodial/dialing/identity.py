"""As whom the site speaks to Unified CM for a person: by proxy, own password or single sign-on."""

from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

from clicktodial.dialing import clusters
from clicktodial.dialing.models import Cluster, DialProfile, Known
from clicktodial.sealed import Sealed, WrongKey
from clicktodial.webdialer import (
    Credential,
    NoDevice,
    OwnCredential,
    ProxyCredential,
    Secret,
    TokenCredential,
)

KEPT = "unified_cm"  # the session's key
REFUSED = 2  # the code for a wrong, expired or locked password, and for an expired token


class CredentialNeeded(Exception):
    """The cluster offers no application user: the person has to sign in to Unified CM."""

    def __init__(self, cluster: Cluster) -> None:
        super().__init__(f"{cluster} wants to know the person")
        self.cluster = cluster


class Keyring:
    """A person's own passwords and tokens: sealed in the session, gone when they sign out."""

    def __init__(self, session: MutableMapping[str, Any]) -> None:
        self._session = session

    def keep(self, cluster: Cluster, known: Known, secret: Secret) -> None:
        kept = dict(self._session.get(KEPT, {}))
        kept[str(cluster.pk)] = [known.value, Sealed.around(secret).token]
        self._session[KEPT] = kept

    def forget(self, cluster: Cluster) -> None:
        kept = dict(self._session.get(KEPT, {}))
        if kept.pop(str(cluster.pk), None):
            self._session[KEPT] = kept

    def find(self, cluster: Cluster, user_id: str) -> OwnCredential | TokenCredential | None:
        """What the person entered for this cluster, while the administrators offer that way."""
        known, token = self._session.get(KEPT, {}).get(str(cluster.pk), ("", ""))
        try:
            if known == Known.PASSWORD and cluster.offers_password:
                return OwnCredential(user_id, Sealed(token).open())
            if known == Known.TOKEN and cluster.offers_token:
                return TokenCredential(Sealed(token).open())
        except WrongKey:  # the keys were changed while the person was signed in
            self.forget(cluster)
        return None


def credential_for(profile: DialProfile, cluster: Cluster, keyring: Keyring) -> Credential:
    """The person's own credential where they entered one, else the application user's.

    Raises CredentialNeeded, clusters.ProxyMissing, clusters.ProxyStopped and fields.WrongKey.
    """
    own = keyring.find(cluster, profile.cucm_user_id)
    if own is not None:
        return own
    if cluster.offers_proxy:
        return clusters.proxy_of(cluster)
    raise CredentialNeeded(cluster)


def enter(
    profile: DialProfile, cluster: Cluster, known: Known, secret: Secret, keyring: Keyring
) -> None:
    """Keep what the person entered, once Unified CM has taken it; tried once, never repeated.

    Raises Refused with code 2 for a wrong one, and clusters.ClusterOut.
    """
    user_id = profile.cucm_user_id
    entered = OwnCredential(user_id, secret) if known == Known.PASSWORD else TokenCredential(secret)
    with suppress(NoDevice):  # known, but without a phone: the choice of a phone will say so
        clusters.ask(cluster, lambda client: client.get_profile_detail(), entered)
    keyring.keep(cluster, known, secret)


def known_by(credential: Credential) -> Known:
    """Which of the three ways a credential is."""
    if isinstance(credential, ProxyCredential):
        return Known.PROXY
    return Known.TOKEN if isinstance(credential, TokenCredential) else Known.PASSWORD
