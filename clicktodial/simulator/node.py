"""A node: which address leads to SOAP, WSDL or pages, and the faults that strike there."""

from __future__ import annotations

import threading
from collections.abc import Callable
from html import escape
from importlib import resources

from clicktodial.simulator import failures
from clicktodial.simulator.exchange import Asked, Exchange
from clicktodial.simulator.faults import Fault, Faults
from clicktodial.simulator.records import Ledger
from clicktodial.simulator.scene import Generation, Node
from clicktodial.simulator.soap import axis, envelope, literal
from clicktodial.simulator.soap.axis_reply import NAMESPACE, OLD_NAMESPACE
from clicktodial.simulator.soap.envelope import SoapFaultError
from clicktodial.simulator.soap.operations import Answer, Inquiry, act, witness
from clicktodial.simulator.wire import XML, Request, Response

SERVICES = "/webdialer/services/"
LITERAL_SERVICE = "webdialer"
AXIS_SERVICES = ("WebdialerSoapService70", "WebdialerSoapService")
_AXIS_NAMESPACES = (NAMESPACE, OLD_NAMESPACE)
Pages = Callable[[Request], Response]


class NodeServer:
    """Answers the requests of one node; `pages` answers what is neither SOAP nor WSDL."""

    def __init__(self, node: Node, exchange: Exchange, *, ledger: Ledger) -> None:
        self.node = node
        self.exchange = exchange
        self.faults = Faults()
        self.generation = node.generation
        self.shape = node.shape
        self.address = ""
        self._ledger = ledger
        self.pages: Pages = not_found
        self.closing = threading.Event()

    def answer(self, request: Request) -> Response:
        """The response to a request; faults included."""
        path = request.path
        if path.startswith(SERVICES) and request.method == "POST":
            return self._answer_soap(request, path.removeprefix(SERVICES))
        if path.startswith(SERVICES) or path == "/webdialer/wsdl/wd70.wsdl":
            fault = self.strike(request, "wsdl")
            if fault and not fault.kind.acts:
                return failures.instead(fault, request)
            response = self._describe(request, path.removeprefix(SERVICES))
            return failures.spoil(fault, response) if fault else response
        return self.pages(request)

    def _answer_soap(self, request: Request, service: str) -> Response:
        try:
            inquiry, via = self._read(request, service)
        except SoapFaultError as error:
            fault = self.strike(request, "")
            if fault and not fault.kind.acts:
                return failures.instead(fault, request)
            return Response(500, envelope.write_fault(error.code, error.text), XML, close=True)
        except LookupError:
            fault = self.strike(request, "")
            if fault and not fault.kind.acts:
                return failures.instead(fault, request)
            return not_found(request)
        fault = self.strike(request, inquiry.operation, via=via, by=inquiry.credential.user_id)
        return self._act(request, inquiry, via, fault)

    def _act(self, request: Request, inquiry: Inquiry, via: str, fault: Fault | None) -> Response:
        asked = Asked(self.node.name, via, fault.kind.name if fault else "")
        if fault is not None and not fault.kind.acts:
            code = fault.code
            if code is None:
                witness(inquiry, self.exchange, asked=asked)
                return failures.instead(fault, request)
            witness(inquiry, self.exchange, asked=asked, code=code)
            return self._write(Answer(inquiry.operation, code=code), inquiry, via)
        if fault is not None and fault.kind.name == "slow":
            self.closing.wait(fault.seconds)
        response = self._write(act(inquiry, self.exchange, asked=asked), inquiry, via)
        return failures.spoil(fault, response) if fault else response

    def _read(self, request: Request, service: str) -> tuple[Inquiry, str]:
        """What is asked, and in which generation; LookupError where the service is not here."""
        offers_axis = self.generation is not Generation.LITERAL
        offers_literal = self.generation is not Generation.AXIS
        if offers_literal and service == LITERAL_SERVICE:
            action = request.headers.get("soapaction", "").strip().strip('"')
            return literal.read(envelope.read(request.body), action=action), "literal"
        if not offers_axis:
            raise LookupError(service)
        if "soapaction" not in request.headers:
            raise SoapFaultError("Client.NoSOAPAction", "no SOAPAction header!")
        message = envelope.read(request.body)
        # Axis falls back to the body's namespace where it does not know the name of the service,
        # so the small s of the guide's WebdialerSoapservice70 works as well.
        if service not in AXIS_SERVICES and message.namespace not in _AXIS_NAMESPACES:
            text = "The AXIS engine could not find a target service to invoke!"
            raise SoapFaultError("Server.NoService", text)
        return axis.read(message), "axis"

    def _write(self, answer: Answer, inquiry: Inquiry, via: str) -> Response:
        if via == "literal":
            return Response(200, literal.write(answer), XML)
        body = axis.write(answer, namespace=inquiry.namespace, shape=self.shape)
        return Response(200, body, XML)

    def _describe(self, request: Request, service: str) -> Response:
        """The WSDL of a service, or the word that a service is here."""
        old = service in (*AXIS_SERVICES, "WebdialerSoapservice70", "/webdialer/wsdl/wd70.wsdl")
        offered = self.generation is not (Generation.LITERAL if old else Generation.AXIS)
        if not offered or not (old or service == LITERAL_SERVICE):
            return not_found(request)
        wanted = request.target.partition("?")[2].lower()
        if "wsdl" not in wanted and not request.path.endswith(".wsdl"):
            return Response(200, b"<h1>WebDialer</h1><p>This is a SOAP service.</p>")
        name = "axis.wsdl" if old else "literal.wsdl"
        path = AXIS_SERVICES[0] if old else LITERAL_SERVICE
        text = resources.files("clicktodial.simulator.soap").joinpath(name).read_text("utf-8")
        address = escape(f"{self.address}{SERVICES}{path}")
        return Response(200, text.replace("{address}", address).encode(), XML)

    def strike(
        self, request: Request, operation: str, *, via: str = "", by: str = ""
    ) -> Fault | None:
        """Write the request down, and tell the fault that strikes it."""
        fault = self.faults.take(operation)
        self._ledger.add_request(
            node=self.node.name,
            cluster=self.exchange.cluster.name,
            operation=str(operation),
            via=via,
            method=request.method,
            path=request.path,
            by=by,
            fault=fault.kind.name if fault else "",
        )
        return fault


def not_found(request: Request) -> Response:
    """The page for an address where there is nothing."""
    body = f"<h1>HTTP Status 404</h1><p>{escape(request.path)} is not here.</p>"
    return Response(404, body.encode())
