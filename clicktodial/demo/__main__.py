"""`python -m clicktodial.demo`: the whole thing on one machine, until Ctrl-C."""

import argparse
import os
import secrets
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import django

from clicktodial.demo import company, environment
from clicktodial.demo.ground import CannotStart, check_port, claimed, preferred
from clicktodial.demo.scene import scene
from clicktodial.environment import stop_on_bad_settings
from clicktodial.simulator import Simulator

PASSWORD = "ring-the-bell"  # noqa: S105 - of a demo, and shown at its start
FOLDER = Path(__file__).resolve().parents[2] / "var" / "demo"

_WELCOME = """
{name} is open.

  Site      {site}
  Phones    {phones}  (simulated: watch them ring)

  Sign in as one of these; the password of all is {password}
    ada     Zurich. Two phones: the first click asks which one is to dial.
    bruno   Austin. One phone, and it is chosen already.
    chie    Osaka. Dials in Unified CM's own pop-up window, which asks for user and password
            again. Its certificate is private to the demo: your browser warns, go on.
    admin   May change everything: {site}admin/
    helpdesk, editor, telephony
            See their part of that: the help desk, who keeps the directory, who keeps the phones.

  Ctrl-C stops it all. make run FRESH=1 starts over.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the demo; the exit status is 1 where it cannot start."""
    options = _options(arguments)
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _interrupt)
    try:
        check_port(options.host, options.port)
        with claimed(options.folder, fresh=options.fresh):
            _run(options)
    except KeyboardInterrupt:
        print("\nStopped.")
    except CannotStart as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _interrupt(*_: object) -> None:
    # Once is enough: what follows must not be interrupted halfway.
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    raise KeyboardInterrupt


def _options(arguments: Sequence[str] | None) -> Any:
    parser = argparse.ArgumentParser(prog="python -m clicktodial.demo", description=__doc__)
    parser.add_argument("--host", default="localhost", help="address to serve (localhost)")
    parser.add_argument("--port", type=_port, default=8000, help="port to serve (8000)")
    parser.add_argument("--fresh", action="store_true", help="forget everything and start over")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the demo keeps its data")
    return parser.parse_args(arguments)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError("a port is a whole number from 1 to 65535")
    return int(text)


def _run(options: Any) -> None:
    folder: Path = options.folder.resolve()
    environment.take(
        environment.variables(folder, host=options.host, port=options.port, phones_page="")
    )
    with stop_on_bad_settings():
        django.setup()
    from clicktodial.demo import rows, site  # they need Django to be set up

    proxy_password = secrets.token_urlsafe(24)
    play = scene(
        password=PASSWORD,
        proxy_password=proxy_password,
        ports=[preferred(options.port + 443 + place) for place in range(4)],
    )
    site.prepare(folder, password=PASSWORD)
    with Simulator(play, control_port=preferred(options.port + 10)) as simulator:
        rows.connect_clusters(simulator, proxy_password=proxy_password)
        rows.write_profiles()
        rows.write_dial_plans()
        os.environ["PHONES_PAGE"] = simulator.phones_url
        _serve(options, folder, phones=simulator.phones_url)


def _serve(options: Any, folder: Path, *, phones: str) -> None:
    from clicktodial.demo import site

    process = site.serve(folder, host=options.host, port=options.port)
    try:
        print(
            _WELCOME.format(
                name=company.NAME,
                site=f"http://{options.host}:{options.port}/",
                phones=phones,
                password=PASSWORD,
            ),
            flush=True,
        )
        process.wait()
        raise CannotStart("The site stopped by itself; the reason stands above.")
    finally:
        site.stop(process)


if __name__ == "__main__":
    sys.exit(main())
