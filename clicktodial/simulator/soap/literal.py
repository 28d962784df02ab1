"""The generation since 15SU5: document/literal, `http://webdialer.ccm.cisco.com`."""

from __future__ import annotations

from clicktodial.simulator.scene import Device
from clicktodial.simulator.soap.envelope import SOAP, Message, SoapFaultError, Value, printable
from clicktodial.simulator.soap.operations import (
    ARGUMENTS,
    PROFILE_MEMBERS,
    Answer,
    Inquiry,
    Operation,
    credential_of,
    profile_of,
    text_of,
)

NAMESPACE = "http://webdialer.ccm.cisco.com"


def read(message: Message, *, action: str) -> Inquiry:
    """What is asked: Axis2 goes by SOAPAction, then by the body's element; arguments by name."""
    names = [name.value for name in Operation]
    name = action if action in names else message.operation
    if name not in names:
        raise SoapFaultError("Client", f"The operation {message.operation} cannot be found.")
    if message.namespace != NAMESPACE:
        text = f"namespace mismatch require {NAMESPACE} found {message.namespace}"
        raise SoapFaultError("Server", text)
    operation = Operation(name)
    given = {parameter.name: parameter.value for parameter in message.parameters}
    values: dict[str, Value] = {
        kind: given.get(f"args{place}") for place, kind in enumerate(ARGUMENTS[operation])
    }
    return Inquiry(
        operation,
        message.namespace,
        credential=credential_of(values.get("credential")),
        text=text_of(values.get("text")),
        # `?` passes for a boolean here, as in the guide's samples; a missing member does not.
        profile=profile_of(values.get("profile"), needed=PROFILE_MEMBERS),
    )


def write(answer: Answer) -> bytes:
    """The reply as the guide prints it."""
    name, operation = f"ns2:{answer.operation}Response", answer.operation
    if operation is Operation.GET_PROFILE_DETAIL:
        content = _detail(answer)
    else:
        content = f"<ns2:return>{_content(answer)}</ns2:return>"
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><soapenv:Envelope xmlns:soapenv=\"{SOAP}\">"
        f'<soapenv:Body><{name} xmlns:ns2="{NAMESPACE}">{content}</{name}>'
        "</soapenv:Body></soapenv:Envelope>"
    ).encode()


def _content(answer: Answer) -> str:
    if answer.operation is Operation.IS_CLUSTER_USER:
        return "true" if answer.truth else "false"
    if answer.operation is Operation.GET_PRIMARY_LINE:
        return printable(answer.text)
    if answer.operation is Operation.GET_PROFILE:
        return (
            _element("ns2", "description", answer.description)
            + "".join(_device(device) for device in answer.devices)
            + _element("ns2", "responseCode", str(answer.code))
        )
    code = _element("ns2", "responseCode", str(answer.code))
    return code + _element("ns2", "responseDescription", answer.description)


def _device(device: Device) -> str:
    members = [("deviceName", device.name), *(("lines", line.text) for line in device.lines)]
    inner = "".join(
        f'<ns1:{name} xmlns:ns1="{NAMESPACE}">{printable(text)}</ns1:{name}>'
        for name, text in members
    )
    return f"<ns2:deviceInfoList>{inner}</ns2:deviceInfoList>"


def _detail(answer: Answer) -> str:
    # The guide's sample has this one reply in the namespace with a slash at its end.
    space = f' xmlns:ns1="{NAMESPACE}/"'
    devices = ""
    for device in answer.devices:
        members = [("deviceName", device.name), *(("lines", line.text) for line in device.lines)]
        members += [("phoneDesc", device.description), ("phoneType", device.model)]
        inner = "".join(_element("ns1", name, text) for name, text in members)
        devices += f"<ns1:deviceInfoListDetail{space}>{inner}</ns1:deviceInfoListDetail>"
    return (
        "<ns2:return>"
        f"<ns1:description{space}>{printable(answer.description)}</ns1:description>{devices}"
        f"<ns1:responseCode{space}>{answer.code}</ns1:responseCode></ns2:return>"
    )


def _element(prefix: str, name: str, text: str) -> str:
    return f"<{prefix}:{name}>{printable(text)}</{prefix}:{name}>"
