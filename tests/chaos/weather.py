"""What goes wrong: nodes fail and recover, are upgraded, workers are killed and frozen."""

import random
import signal
import threading
from collections import Counter
from collections.abc import Callable, Sequence

from tests.chaos.company import Person
from tests.chaos.stage import Host, Witness, tell

# The call is placed all the same, but the answer is lost, late, spoilt or no answer at all.
ACTED = """
    drops hangs_after late drips drips_body truncated truncated_xml garbage empty wrong_type
    wrong_operation soap_fault_after html_error_after http_503_after no_code bad_code gzip
    doctype entity_bomb multiref_bomb multiref_cycle slow
""".split()  # noqa: SIM905 - a list would take forty lines
# The call is not placed; the site can tell so from some of these and not from others.
NOT_ACTED = """
    resets hangs drops_before html_error http_401 http_404 http_500 http_503 soap_fault redirect
    redirect_307 accepted overloaded overloaded overloaded unavailable unavailable
    code:1 code:4 code:5 code:7 code:8 code:42 code:2 code:3
""".split()  # noqa: SIM905
PROBES = ("http_404", "garbage", "drops", "html_error", "soap_fault", "slow")


class Weather:
    """Bad until it is stopped; `counts` tells what struck."""

    def __init__(
        self, seed: str, *, witness: Witness, hosts: Sequence[Host], people: Sequence[Person]
    ) -> None:
        self._seed = seed
        self._witness = witness
        self._hosts = hosts
        self._people = people
        self._nodes = [str(node["name"]) for node in witness.nodes]
        self._over = threading.Event()
        self.counts: Counter[str] = Counter()
        self._failures: list[BaseException] = []
        self._threads = [
            threading.Thread(target=self._blow, args=(strike, longest))
            for strike, longest in (
                (self._strike_node, 0.16),
                (self._strike_worker, 5.0),
                (self._freeze_worker, 10.0),
                (self._cut_node_off, 2.0),
                (self._touch_phone, 2.0),
            )
        ]

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Fair weather again: everything is mended and runs."""
        self._over.set()
        for thread in self._threads:
            thread.join()
        self._witness.do("mend")

    def check(self) -> None:
        """Raise what went wrong with the storm itself, rather than in it."""
        for failure in self._failures:
            raise failure
        for host in self._hosts:
            if host.process.poll() is not None:
                raise RuntimeError(f"a host has ended with status {host.process.returncode}")

    def _blow(self, strike: Callable[[random.Random], None], longest: float) -> None:
        dice = random.Random(f"{self._seed} {strike.__name__}")
        try:
            while not self._over.wait(dice.uniform(0, longest)):
                strike(dice)
        except BaseException as error:
            self._failures.append(error)

    def _strike_node(self, dice: random.Random) -> None:
        node, kind = dice.choice(self._nodes), dice.random()
        if kind < 0.75:
            name = dice.choice(dice.choice((ACTED, NOT_ACTED)))
            self._fault(node, name, "makeCallSoap", dice)
        elif kind < 0.83:
            operation = dice.choice(("isClusterUserSoap", "getProfileSoap"))
            self._fault(node, dice.choice(PROBES), operation, dice)
        elif kind < 0.9:
            generation = dice.choice(("axis", "literal", "both"))
            self._witness.do("generation", node=node, generation=generation)
            self.counts["generation changed"] += 1
        else:
            self._witness.do("mend", node=node)
            self.counts["mended"] += 1

    def _fault(self, node: str, name: str, operation: str, dice: random.Random) -> None:
        seconds = {"late": dice.uniform(0.2, 2), "slow": dice.uniform(0.1, 0.8)}.get(name)
        members = {"seconds": seconds} if seconds else {}
        times = dice.choice((1, 1, 2, 3))
        self._witness.do("fault", node=node, name=name, operation=operation, times=times, **members)
        self.counts["fault"] += 1

    def _strike_worker(self, dice: random.Random) -> None:
        workers = dice.choice(self._hosts).workers()
        if workers and tell(dice.choice(workers), signal.SIGKILL):
            self.counts["worker killed"] += 1

    def _freeze_worker(self, dice: random.Random) -> None:
        """Stop a worker in its tracks for longer than its calls are waited for."""
        workers = dice.choice(self._hosts).workers()
        if not workers:
            return
        worker = dice.choice(workers)
        if tell(worker, signal.SIGSTOP):
            self.counts["worker frozen"] += 1
            self._over.wait(dice.uniform(0.2, 4))
            # Only while it is still ours: a killed worker's number may belong to another process.
            if any(worker in host.workers() for host in self._hosts):
                tell(worker, signal.SIGCONT)

    def _cut_node_off(self, dice: random.Random) -> None:
        node = dice.choice(self._nodes)
        self._witness.do("node", node=node, action="stop")
        self.counts["node stopped"] += 1
        self._over.wait(dice.uniform(0.1, 2))
        self._witness.do("node", node=node, action="start")

    def _touch_phone(self, dice: random.Random) -> None:
        device = dice.choice(self._people).device
        self._witness.do("phone", device=device, action=dice.choice(("unregister", "busy")))
        self.counts["phone taken"] += 1
        self._over.wait(dice.uniform(0.5, 2))
        self._witness.do("phone", device=device, action="register")
