"""Axis replies in the shape of stock Axis 1.4."""

from __future__ import annotations

from clicktodial.simulator.scene import Device
from clicktodial.simulator.soap.axis_reply import (
    ENCODING,
    NAMESPACE,
    boolean,
    open_reference,
)
from clicktodial.simulator.soap.envelope import SOAP, XSI, printable
from clicktodial.simulator.soap.operations import Answer, Operation


class Stock:
    """Replies as stock Axis 1.4 writes them: numbers and booleans behind references too."""

    def __init__(self) -> None:
        self._references: list[str] = []

    def write(self, answer: Answer, namespace: str) -> bytes:
        """The whole envelope."""
        operation = answer.operation
        name = f"{operation}Return"
        if operation is Operation.GET_PRIMARY_LINE:
            body = self._string(name, answer.text)
        elif operation is Operation.IS_CLUSTER_USER:
            body = self._reference(name, "xsd:boolean", boolean(answer.truth))
        else:
            body = self._struct(name, answer)
        # What is referred to last comes first: a hash table's order, which nobody may rely on.
        references = "".join(reversed(self._references))
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="{SOAP}" '
            f'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="{XSI}"><soapenv:Body>'
            f'<ns1:{operation}Response soapenv:encodingStyle="{ENCODING}" '
            f'xmlns:ns1="{printable(namespace)}">{body}</ns1:{operation}Response>{references}'
            "</soapenv:Body></soapenv:Envelope>"
        ).encode()

    def _struct(self, name: str, answer: Answer) -> str:
        code = str(answer.code)
        if answer.operation in (Operation.MAKE_CALL, Operation.END_CALL):
            kind = "ns1:CallResponse"
            members = [
                self._reference("responseCode", "xsd:int", code),
                self._string("responseDescription", answer.description),
            ]
        else:
            detail = answer.operation is Operation.GET_PROFILE_DETAIL
            kind = "ns1:ConfigResponseDetail" if detail else "ns1:GetConfigResponse"
            members = [
                self._string("description", answer.description),
                self._devices(answer.devices, detail=detail),
                self._reference("responseCode", "xsd:int", code),
            ]
        return self._reference(name, kind, "".join(members))

    def _devices(self, devices: tuple[Device, ...], *, detail: bool) -> str:
        name = "deviceInfoListDetail" if detail else "deviceInfoList"
        kind = "ns1:WDDeviceInfoDetail" if detail else "ns1:WDDeviceInfo"
        items = [
            self._reference(name, kind, self._device(device, detail=detail)) for device in devices
        ]
        return _array(name, kind, items)

    def _device(self, device: Device, *, detail: bool) -> str:
        lines = [self._string("lines", line.text) for line in device.lines]
        members = [
            self._string("deviceName", device.name),
            _array("lines", "soapenc:string", lines),
        ]
        if detail:
            members.append(self._string("phoneDesc", device.description))
            members.append(self._string("phoneType", device.model))
        return "".join(members)

    def _string(self, name: str, text: str) -> str:
        kind = f'xsi:type="soapenc:string" xmlns:soapenc="{ENCODING}"'
        if not text:
            return f'<{name} {kind} xsi:nil="true"/>'
        return f"<{name} {kind}>{printable(text)}</{name}>"

    def _reference(self, name: str, kind: str, content: str) -> str:
        place = f"id{len(self._references)}"
        self._references.append(
            f"{open_reference(place, kind, 'ns1', NAMESPACE)}{content}</multiRef>"
        )
        return f'<{name} href="#{place}"/>'


def _array(name: str, kind: str, items: list[str]) -> str:
    space = f'xsi:type="soapenc:Array" xmlns:soapenc="{ENCODING}"'
    if not items:
        return f'<{name} {space} xsi:nil="true"/>'
    listed = f'soapenc:arrayType="{kind}[{len(items)}]" xmlns:ns1="{NAMESPACE}"'
    return f"<{name} {listed} {space}>{''.join(items)}</{name}>"
