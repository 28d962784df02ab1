"""A Unified CM that rings no phone, to develop, demonstrate and test against."""

from clicktodial.simulator.address import NodeAddress
from clicktodial.simulator.faults import UnknownFaultError
from clicktodial.simulator.phones import PhoneSnapshot, PhoneState
from clicktodial.simulator.records import Call, End, Request
from clicktodial.simulator.scene import Generation, Registration, Scene, SceneError, Shape
from clicktodial.simulator.simulator import Simulator

__all__ = [
    "Call",
    "End",
    "Generation",
    "NodeAddress",
    "PhoneSnapshot",
    "PhoneState",
    "Registration",
    "Request",
    "Scene",
    "SceneError",
    "Shape",
    "Simulator",
    "UnknownFaultError",
]
