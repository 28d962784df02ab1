"""Where a running node is found."""

from __future__ import annotations

from dataclasses import dataclass

from clicktodial.simulator.scene import Generation


@dataclass(frozen=True)
class NodeAddress:
    """Where a running node is found; `ca_pem` is what to trust when it is secure."""

    name: str
    cluster: str
    host: str
    port: int
    secure: bool
    generation: Generation
    ca_pem: str

    @property
    def url(self) -> str:
        """The address without a path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.secure else 'http'}://{host}:{self.port}"
