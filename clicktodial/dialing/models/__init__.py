"""What dialing keeps: clusters, their dial plans, how each person dials, and every call."""

from clicktodial.dialing.models.call import Call
from clicktodial.dialing.models.cluster import Cluster, Known, Node, Turns
from clicktodial.dialing.models.codes import ClientMatter, MatterUse, ProtectedNumber
from clicktodial.dialing.models.contact import Contact, SpeedDial
from clicktodial.dialing.models.delegation import Delegation
from clicktodial.dialing.models.outcome import Outcome
from clicktodial.dialing.models.profile import SOFTPHONES, DialProfile, Mode, Phone, PhoneName
from clicktodial.dialing.models.rules import DialPlan, DialRule, NumberRange

__all__ = [
    "SOFTPHONES",
    "Call",
    "ClientMatter",
    "Cluster",
    "Contact",
    "Delegation",
    "DialPlan",
    "DialProfile",
    "DialRule",
    "Known",
    "MatterUse",
    "Mode",
    "Node",
    "NumberRange",
    "Outcome",
    "Phone",
    "PhoneName",
    "ProtectedNumber",
    "SpeedDial",
    "Turns",
]
