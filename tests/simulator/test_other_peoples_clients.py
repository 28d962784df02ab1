"""zeep, as anybody would use it, works against the WSDLs that the nodes serve."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
import zeep
import zeep.transports

from clicktodial.simulator import Simulator

from .conftest import Wire

# zeep asks the internet for this schema where a WSDL names it, so a stand-in is needed.
ENCODING = "http://schemas.xmlsoap.org/soap/encoding/"
STAND_IN = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="{ENCODING}"
 targetNamespace="{ENCODING}">
 <xs:simpleType name="string"><xs:restriction base="xs:string"/></xs:simpleType>
 <xs:attribute name="arrayType" type="xs:string"/>
 <xs:group name="Array"><xs:sequence>
  <xs:any namespace="##any" minOccurs="0" maxOccurs="unbounded" processContents="lax"/>
 </xs:sequence></xs:group>
 <xs:complexType name="Array"><xs:group ref="t:Array" minOccurs="0"/>
  <xs:attribute ref="t:arrayType"/></xs:complexType>
</xs:schema>"""


class Transport(zeep.transports.Transport):  # type: ignore[misc]
    def load(self, url: str) -> Any:
        if url.startswith(ENCODING.rstrip("/")):
            return io.BytesIO(STAND_IN.encode()).read()
        return super().load(url)


@pytest.fixture
def transport() -> Iterator[Transport]:
    transport = Transport(timeout=10, operation_timeout=10)
    transport.session.trust_env = False
    yield transport
    transport.session.close()


PROFILE = {
    "user": "eva",
    "deviceName": "SEP01",
    "lineNumber": "1001 ; Internal",
    "supportEM": False,
    "locale": "",
    "dontAutoClose": False,
    "dontShowCallConf": False,
}
WHO = {"userID": "eva", "password": "eva's word"}
ADDRESSES = [
    ("old", "/webdialer/wsdl/wd70.wsdl"),
    ("old", "/webdialer/services/WebdialerSoapService70?wsdl"),
    ("new", "/webdialer/services/webdialer?wsdl"),
    ("both", "/webdialer/services/webdialer?wsdl"),
]


@pytest.mark.parametrize(("node", "path"), ADDRESSES)
def test_a_client_made_from_the_wsdl_calls_every_operation(
    sim: Simulator, transport: Transport, node: str, path: str
) -> None:
    service = zeep.Client(sim.node(node).url + path, transport=transport).service
    assert service.isClusterUserSoap("eva") is True
    assert service.isClusterUserSoap("ghost") is False
    assert service.getPrimaryLine(WHO) == "1001"
    assert service.makeCallSoap(WHO, "4711", PROFILE).responseCode == 0
    assert service.endCallSoap(WHO, PROFILE).responseDescription == "Success"
    assert [call.destination for call in sim.rung] == ["4711"]
    assert len(sim.ends) == 1


@pytest.mark.parametrize(("node", "path"), ADDRESSES)
def test_a_client_made_from_the_wsdl_reads_the_devices(
    sim: Simulator, transport: Transport, node: str, path: str
) -> None:
    service = zeep.Client(sim.node(node).url + path, transport=transport).service
    proxy = {"userID": "proxy", "password": "proxy's word"}
    profile = service.getProfileSoap(proxy, "eva")
    detail = service.getProfileDetailSoap(WHO)
    assert profile.responseCode == detail.responseCode == 0
    listed = [device.deviceName for device in many(profile.deviceInfoList)]
    detailed = [(item.deviceName, item.phoneType) for item in many(detail.deviceInfoListDetail)]
    assert listed == ["SEP01", "CSFeva"]
    assert detailed[0] == ("SEP01", "Cisco 8861")
    assert many(many(profile.deviceInfoList)[0].lines)[0] == "1001 ; Internal"
    assert service.getProfileSoap(proxy, "ghost").responseCode == 4


def many(value: Any) -> list[Any]:
    """An array as zeep gives it, be it a list or wrapped."""
    return value if isinstance(value, list) else value["_value_1"]


def test_a_description_is_served_only_for_what_the_node_speaks(sim: Simulator) -> None:
    old, new = Wire(sim.node("old")), Wire(sim.node("new"))
    assert old.send("GET", "/webdialer/services/webdialer?wsdl").status == 404
    assert new.send("GET", "/webdialer/wsdl/wd70.wsdl").status == 404
    text = new.send("GET", "/webdialer/services/webdialer?WSDL").text
    assert f'location="{sim.node("new").url}/webdialer/services/webdialer"' in text
