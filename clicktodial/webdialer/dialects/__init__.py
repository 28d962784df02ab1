"""What each generation writes and how its replies are read.

A new generation of Unified CM is one more module here and one more file in `wsdl/`.
"""

from collections.abc import Sequence
from typing import Protocol

from clicktodial.webdialer.dialects import axis, literal
from clicktodial.webdialer.values import Caller, Credential, Generation, Operation, Secret


class Dialect(Protocol):
    """What a module of this package has to offer."""

    PATH: str

    def action(self, operation: Operation) -> str: ...
    def returns(self, operation: Operation) -> str: ...
    def write(
        self, operation: Operation, arguments: Sequence[Credential | Caller | Secret]
    ) -> bytes: ...


_DIALECTS: dict[Generation, Dialect] = {Generation.AXIS: axis, Generation.LITERAL: literal}


def dialect(generation: Generation) -> Dialect:
    """The module that speaks the generation."""
    return _DIALECTS[generation]
