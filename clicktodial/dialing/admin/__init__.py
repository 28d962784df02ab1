"""The administration of dialing: clusters with their nodes, how people dial, every call."""

from clicktodial.dialing.admin.call import CallAdmin
from clicktodial.dialing.admin.cluster import ClusterAdmin
from clicktodial.dialing.admin.profile import DialProfileAdmin

__all__ = ["CallAdmin", "ClusterAdmin", "DialProfileAdmin"]
