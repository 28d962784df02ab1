"""Axis replies in the shape that the guide prints."""

from __future__ import annotations

from clicktodial.simulator.scene import Device
from clicktodial.simulator.soap.axis_reply import (
    ENCODING,
    NAMESPACE,
    OLD_NAMESPACE,
    boolean,
    open_reference,
)
from clicktodial.simulator.soap.envelope import SOAP, XSI, printable
from clicktodial.simulator.soap.operations import Answer, Operation


class Guide:
    """Replies as the guide prints them, indented, every reference where it has one."""

    def write(self, answer: Answer, namespace: str) -> bytes:
        """The whole envelope."""
        operation, wrapper = answer.operation, printable(namespace)
        space = f'xmlns:ns1="{wrapper}" soapenv:encodingStyle="{ENCODING}"'
        if operation is Operation.GET_PROFILE:
            space = f'soapenv:encodingStyle="{ENCODING}" xmlns:ns1="{wrapper}"'
        lines = [
            f'<soapenv:Envelope xmlns:soapenv="{SOAP}" '
            f'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="{XSI}">',
            "   <soapenv:Body>",
            f"      <ns1:{operation}Response {space}>",
            f"         {self._return(answer)}",
            f"      </ns1:{operation}Response>",
            *(f"      {line}" for line in self._references(answer)),
            "   </soapenv:Body>",
            "</soapenv:Envelope>",
        ]
        return "\n".join(lines).encode()

    def _return(self, answer: Answer) -> str:
        name = f"{answer.operation}Return"
        if answer.operation is Operation.IS_CLUSTER_USER:
            return f'<{name} xsi:type="xsd:boolean">{boolean(answer.truth)}</{name}>'
        if answer.operation is Operation.GET_PRIMARY_LINE:
            encoding = f'xmlns:soapenc="{ENCODING}" xsi:type="soapenc:string"'
            return f"<{name} {encoding}>{printable(answer.text)}</{name}>"
        return f'<{name} href="#id0" />'

    def _references(self, answer: Answer) -> list[str]:
        if answer.operation in (Operation.MAKE_CALL, Operation.END_CALL):
            members = [
                f'   <responseCode xsi:type="xsd:int">{answer.code}</responseCode>',
                f'   <responseDescription xsi:type="xsd:string">{printable(answer.description)}'
                "</responseDescription>",
            ]
            return [
                open_reference("id0", "ns2:CallResponse", "ns2", NAMESPACE),
                *members,
                "</multiRef>",
            ]
        if answer.operation is Operation.GET_PROFILE:
            return self._profile(answer)
        if answer.operation is Operation.GET_PROFILE_DETAIL:
            return self._profile_detail(answer)
        return []

    def _profile(self, answer: Answer) -> list[str]:
        count = len(answer.devices)
        devices = [
            [
                open_reference(
                    f"id{number}", f"ns{number + 3}:WDDeviceInfo", f"ns{number + 3}", OLD_NAMESPACE
                ),
                f'   <deviceName xsi:type="xsd:string">{printable(device.name)}</deviceName>',
                *self._lines(device, "xsd:string"),
                "</multiRef>",
            ]
            for number, device in enumerate(answer.devices, start=1)
        ]
        listed = f'soapenc:arrayType="ns3:WDDeviceInfo[{count}]" xsi:type="soapenc:Array" '
        return [
            open_reference("id0", "ns2:GetConfigResponse", "ns2", NAMESPACE),
            f'   <description xsi:type="xsd:string">{printable(answer.description)}</description>',
            *_array("deviceInfoList", f'{listed}xmlns:ns3="{OLD_NAMESPACE}"', count),
            f'   <responseCode href="#id{count + 1}"/>',
            "</multiRef>",
            f"{open_reference(f'id{count + 1}', 'xsd:int')}{answer.code}</multiRef>",
            *_scattered(devices),
        ]

    def _profile_detail(self, answer: Answer) -> list[str]:
        count = len(answer.devices)
        devices = [
            [
                open_reference(
                    f"id{number}",
                    f"ns{number + 2}:WDDeviceInfoDetail",
                    f"ns{number + 2}",
                    NAMESPACE,
                ),
                f'   <deviceName xsi:type="soapenc:string">{printable(device.name)}</deviceName>',
                *self._lines(device, "soapenc:string"),
                _optional("phoneDesc", device.description),
                _optional("phoneType", device.model),
                "</multiRef>",
            ]
            for number, device in enumerate(answer.devices, start=1)
        ]
        listed = f'soapenc:arrayType="ns2:WDDeviceInfoDetail[{count}]" xsi:type="soapenc:Array"'
        return [
            open_reference("id0", "ns2:ConfigResponseDetail", "ns2", NAMESPACE),
            f'   <description xsi:type="soapenc:string">{printable(answer.description)}'
            "</description>",
            *_array("deviceInfoListDetail", listed, count),
            f'   <responseCode xsi:type="xsd:int">{answer.code}</responseCode>',
            "</multiRef>",
            *_scattered(devices),
        ]

    def _lines(self, device: Device, kind: str) -> list[str]:
        listed = f'soapenc:arrayType="{kind}[{len(device.lines)}]" xsi:type="soapenc:Array"'
        items = [
            f'      <item xsi:type="{kind}">{printable(line.text)}</item>' for line in device.lines
        ]
        return [f"   <lines {listed}>", *items, "   </lines>"]


def _array(name: str, listed: str, count: int) -> list[str]:
    """An array of references; a refusal has no list at all."""
    if not count:
        return []
    items = [f'      <item href="#id{number}" />' for number in range(1, count + 1)]
    return [f"   <{name} {listed}>", *items, f"   </{name}>"]


def _scattered(blocks: list[list[str]]) -> list[str]:
    """The blocks in another order than they are referred to, as in the guide (2, 3, 1)."""
    return [line for block in [*blocks[1:], *blocks[:1]] for line in block]


def _optional(name: str, text: str) -> str:
    if not text:
        return f'   <{name} xsi:type="soapenc:string" />'
    return f'   <{name} xsi:type="soapenc:string">{printable(text)}</{name}>'
