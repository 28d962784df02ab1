"""The cost of a click, beside yardsticks measured in the same run: `make bench-dial`.

client   make_call against a bare keep-alive POST of a ready envelope by http.client, plain and over
         TLS, and against a script that makes a zeep client for each call.
click    a whole click through the WSGI handler against an empty signed-in view that commits one
         INSERT and one UPDATE to the same SQLite file.
home     the home cluster among 1, 4 and 16 clusters that take 50 ms each, in round trips.
pace     clicks a second by gunicorn while every node takes half a second, as a share of what the
         pacing limits allow.

What is simplified, and whom it favours:
- The nodes of the first three answer from memory and do no work of their own (answering.py), in a
  second process. That favours nobody in `client`; in `click` it leaves the site's cost alone.
- The bare POST reads its answer and looks at nothing, not even the status. That favours it.
- zeep reads its WSDL from a file, where real scripts fetch it from the node. That favours zeep.
- The empty view shares every middleware, the session, the sign-in and the CSRF check with a click,
  and opens its database connection anew for each request, as SQLite's default is. That is the
  product's own choice, and part of both sides.
- People of 64 clusters click in turn, so that no click waits for its turn at a cluster: waiting is
  not work. Each has been here before: the home cluster and the node's generation are known.
- A round trip of `home` is one isClusterUserSoap to one such node by the product's client. Its cost
  in the database is counted against us, and the cluster that says yes is the last to be asked.
- `pace` runs hosts, nodes and clickers on the same machine. That favours nobody.
"""

import sys
from pathlib import Path

# Run by its path, this folder would stand first and hide the standard library's own modules.
# ruff: noqa: E402 - so the path comes before the other imports.
sys.path[0] = str(Path(__file__).resolve().parents[2])

import os
import tempfile

from tests.chaos.environment import set_environment

PARTS = ("client", "click", "home", "pace")


def main() -> int:
    os.chdir(sys.path[0])
    wanted = [part for part in sys.argv[1:] if part in PARTS] or list(PARTS)
    with tempfile.TemporaryDirectory(prefix="clicktodial-bench-") as name:
        set_environment(Path(name))
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        from tests.benchmarks import dial_click, dial_client, dial_home, dial_pace

        call_command("migrate", verbosity=0)
        modules = dict(zip(PARTS, (dial_client, dial_click, dial_home, dial_pace), strict=True))
        figures = [figure for part in wanted for figure in modules[part].measure(Path(name))]
        connections.close_all()
    print()
    for figure in figures:
        print(figure)
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
