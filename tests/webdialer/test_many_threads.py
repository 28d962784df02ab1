"""One transport serves many threads: every answer goes to whom it belongs, and no more connections
than allowed are open at once."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor

from clicktodial.webdialer import Generation, Limits, WebDialer
from clicktodial.webdialer.dialects import writer
from tests.webdialer.misbehaving import CALLER, CREDENTIAL, Conversation, golden, http

GENERATIONS = tuple(Generation)


class Echoes:
    """Answers makeCall with the number after the destination, so that answers are told apart."""

    def __init__(self) -> None:
        self.busy = 0
        self.most = 0
        self.lock = threading.Lock()

    def __call__(self, conversation: Conversation) -> bool:
        with self.lock:
            self.busy += 1
            self.most = max(self.most, self.busy)
        number = re.search(rb">N(\d+)<", conversation.request)
        assert number is not None
        generation = "axis" if b"urn:WD70" in conversation.request else "literal"
        words = b"answer %d" % (int(number[1]) + 1)
        reply = golden(generation, "makeCallSoap").replace(b"Success", words)
        with self.lock:
            self.busy -= 1
        conversation.send(http(reply))
        return True


def test_every_thread_gets_its_own_answer(node, monkeypatch):
    monkeypatch.setattr(writer, "_bindings", {})
    echoes = Echoes()
    listener = node(echoes)
    transport = listener.transport(limits=Limits(connections=4, total=40, answer=30))

    def call(at: int) -> bool:
        generation = GENERATIONS[at % 2]
        dialer = WebDialer(transport, generation=generation, credential=CREDENTIAL)
        return dialer.make_call(f"N{at}", caller=CALLER).description == f"answer {at + 1}"

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(call, range(400)))
    assert len(listener.requests) == 400
    assert listener.connections <= 4
    assert echoes.most <= 4
    assert set(writer._bindings) == set(Generation)
