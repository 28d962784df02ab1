"""`python -m clicktodial.simulator SCENE.json`: play a scene until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Sequence

from clicktodial.simulator.scene import SceneError
from clicktodial.simulator.simulator import Simulator


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until interrupted; the exit status is 2 where the scene cannot be played."""
    options = _parser().parse_args(arguments)
    stopped = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopped.set())
    try:
        simulator = Simulator(options.scene, host=options.host, control_port=options.control_port)
        with simulator:
            print(_describe(simulator), flush=True)
            stopped.wait()
    except SceneError as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(f"The simulator cannot listen on {error.strerror or error}.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m clicktodial.simulator",
        description="A Unified CM that rings no phone. Ctrl-C stops it.",
    )
    parser.add_argument("scene", help="JSON file that sets the scene (see docs/simulator.md)")
    parser.add_argument(
        "--host", default="127.0.0.1", help="address for the nodes (default: 127.0.0.1)"
    )
    parser.add_argument(
        "--control-port",
        type=int,
        default=0,
        help="port of the phones page and control interface (default: a free one)",
    )
    return parser


def _describe(simulator: Simulator) -> str:
    lines = [
        f"{node.cluster:<12} {node.name:<14} {node.generation.value:<8} {node.url}/webdialer/"
        for node in simulator.nodes
    ]
    return "\n".join([*lines, f"Phones: {simulator.phones_url}"])


def _complain(text: str) -> int:
    print(text, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
