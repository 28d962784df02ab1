"""The control interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clicktodial.simulator.node import not_found
from clicktodial.simulator.wire import Request, Response

if TYPE_CHECKING:
    from clicktodial.simulator.simulator import Simulator


class Control:
    """Answers on the control port."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def answer(self, request: Request) -> Response:
        """The response to a request."""
        return not_found(request)
