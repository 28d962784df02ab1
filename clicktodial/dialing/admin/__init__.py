"""The administration of dialing: clusters with their nodes, how people dial, every call."""

from clicktodial.dialing.admin.call import CallAdmin
from clicktodial.dialing.admin.cluster import ClusterAdmin
from clicktodial.dialing.admin.codes import ClientMatterAdmin, ProtectedNumberAdmin
from clicktodial.dialing.admin.delegation import DelegationAdmin
from clicktodial.dialing.admin.profile import DialProfileAdmin
from clicktodial.dialing.admin.rules import DialPlanAdmin

__all__ = [
    "CallAdmin",
    "ClientMatterAdmin",
    "ClusterAdmin",
    "DelegationAdmin",
    "DialPlanAdmin",
    "DialProfileAdmin",
    "ProtectedNumberAdmin",
]
