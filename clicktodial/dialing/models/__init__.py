"""What dialing keeps: clusters with their nodes, how each person dials, and every call."""

from clicktodial.dialing.models.call import Call, Outcome
from clicktodial.dialing.models.cluster import Cluster, Known, Node, Turns
from clicktodial.dialing.models.profile import DialProfile, Mode

__all__ = ["Call", "Cluster", "DialProfile", "Known", "Mode", "Node", "Outcome", "Turns"]
