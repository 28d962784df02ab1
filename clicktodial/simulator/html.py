"""The HTML interface of WebDialer."""

from __future__ import annotations

from collections.abc import Callable

from clicktodial.simulator.node import NodeServer, not_found
from clicktodial.simulator.wire import Request, Response


class Popup:
    """The pages of one node."""

    def __init__(
        self,
        node: NodeServer,
        *,
        homes: Callable[[str], list[str]],
        clock: Callable[[], float],
    ) -> None:
        self._node = node

    def answer(self, request: Request) -> Response:
        """The page that is asked for."""
        return not_found(request)
