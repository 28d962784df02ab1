"""The client's make_call beside a bare POST and beside a script of zeep."""

from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from ssl import create_default_context

import trustme
import zeep

from clicktodial.webdialer import (
    Address,
    Caller,
    Generation,
    Operation,
    ProxyCredential,
    Secret,
    Transport,
    WebDialer,
)
from clicktodial.webdialer.dialects import dialect
from tests.benchmarks.yardsticks import Figure, Work, answering, compare

CALLER = Caller("ada", "SEP0000000000A1", "1001 ; Internal")
CREDENTIAL = ProxyCredential("clicktodial", Secret("proxy-word"))
NUMBER = "+41442000001"
TIMES = 300
WSDL = Path("clicktodial/simulator/soap/literal.wsdl")
SERVICE = "/webdialer/services/webdialer"


def measure(folder: Path) -> Iterator[Figure]:
    authority = trustme.CA()
    pem = folder / "node.pem"
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(pem))
    ca = authority.cert_pem.bytes().decode()
    with ExitStack() as stack:
        [plain] = stack.enter_context(answering())
        [secure] = stack.enter_context(answering(certificate=str(pem)))
        transports = [
            stack.enter_context(Transport(Address("127.0.0.1", plain, secure=False))),
            stack.enter_context(Transport(Address("127.0.0.1", secure), ca=ca)),
        ]
        connections = [
            HTTPConnection("127.0.0.1", plain),
            HTTPSConnection("127.0.0.1", secure, context=create_default_context(cadata=ca)),
        ]
        for connection in connections:
            stack.callback(connection.close)
        bare, bare_tls = (_post(connection) for connection in connections)
        ours, ours_tls = (_call(transport) for transport in transports)
        spent = compare("client", {"bare POST": bare, "make_call": ours}, times=TIMES)
        yield Figure("make_call_over_bare_post", spent["make_call"] / spent["bare POST"], 5)
        tls = compare("client, TLS", {"bare POST": bare_tls, "make_call": ours_tls}, times=TIMES)
        yield Figure("make_call_over_bare_post_tls", tls["make_call"] / tls["bare POST"], 5)
        script = compare("script", {"make_call": ours, "zeep": _script(folder, plain)}, times=8)
        slower = script["zeep"] / script["make_call"]
        yield Figure("zeep_client_per_call_over_make_call", slower, 10, at_least=True)


def _post(connection: HTTPConnection) -> Work:
    operation, words = Operation.MAKE_CALL, dialect(Generation.LITERAL)
    body = words.write(operation, (CREDENTIAL, Secret(NUMBER), CALLER))
    headers = {
        "Content-Type": "text/xml; charset=utf-8",
        "SOAPAction": f'"{words.action(operation)}"',
    }

    def post() -> None:
        connection.request("POST", words.PATH, body, headers)
        connection.getresponse().read()

    return post


def _call(transport: Transport) -> Work:
    """What the product does for each call: a client made anew over the node's kept transport."""

    def call() -> None:
        client = WebDialer(transport, generation=Generation.LITERAL, credential=CREDENTIAL)
        client.make_call(Secret(NUMBER), caller=CALLER)

    return call


def _script(folder: Path, port: int) -> Work:
    wsdl = folder / "webdialer.wsdl"
    address = f"http://127.0.0.1:{port}{SERVICE}"
    wsdl.write_text(WSDL.read_text("utf-8").replace("{address}", address), "utf-8")
    credential = {"userID": "clicktodial", "password": "proxy-word"}
    profile = {
        "user": CALLER.user_id,
        "deviceName": CALLER.device,
        "lineNumber": CALLER.line,
        "supportEM": False,
        "locale": "English",
        "dontAutoClose": False,
        "dontShowCallConf": True,
    }

    def call() -> None:
        with zeep.Client(str(wsdl)) as client:
            client.service.makeCallSoap(credential, NUMBER, profile)

    return call
