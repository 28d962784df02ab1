"""`python -m tests.saml_provider FOLDER PORT`: serves until it is ended; see `running`."""

import base64
import html
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.config import IdPConfig
from saml2.saml import NAME_FORMAT_UNSPECIFIED, NAMEID_FORMAT_TRANSIENT, NameID
from saml2.server import Server
from saml2.sigver import get_xmlsec_binary

from tests.saml_provider import PASSWORD

FOLDER, PORT = Path(sys.argv[1]), int(sys.argv[2])
ORIGIN = f"http://127.0.0.1:{PORT}"
SPOILT = {"how": ""}
PEOPLE = {
    "ada": {"mail": ["ada@example.com"], "groups": ["Everybody", "Führung"]},
    "bruno": {"mail": ["bruno@example.com"], "groups": ["Everybody"]},
}
PAGE = '<!doctype html><title>Provider</title><link rel="icon" href="data:,">'


def server(key: str) -> Server:
    config = IdPConfig()
    config.load(
        {
            "entityid": f"{ORIGIN}/metadata",
            "service": {
                "idp": {
                    "endpoints": {
                        "single_sign_on_service": [(f"{ORIGIN}/sso", BINDING_HTTP_REDIRECT)]
                    },
                    "policy": {"default": {"name_form": NAME_FORMAT_UNSPECIFIED}},
                    "sign_assertion": True,
                }
            },
            "key_file": str(FOLDER / f"{key}.key"),
            "cert_file": str(FOLDER / f"{key}.pem"),
            "metadata": {"local": [str(FOLDER / "site.xml")]},
            "xmlsec_binary": get_xmlsec_binary(),
        }
    )
    return Server(config=config)


SERVERS = {key: server(key) for key in ("provider", "stranger")}


def answer(request: str, name: str) -> tuple[str, str]:
    """Where the browser is to take the answer, and the answer."""
    one = SERVERS["stranger" if SPOILT["how"] == "signature" else "provider"]
    asked = one.parse_authn_request(request, BINDING_HTTP_REDIRECT)
    facts = one.response_args(asked.message, [BINDING_HTTP_POST])
    if SPOILT["how"] == "audience":
        facts["sp_entity_id"] = "https://another.example.com/metadata"
    told = str(
        one.create_authn_response(
            {"uid": [name], **PEOPLE[name]},
            name_id=NameID(format=NAMEID_FORMAT_TRANSIENT, text=f"for-{name}"),
            authn={"class_ref": "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"},
            sign_assertion=True,
            **facts,
        )
    )
    if SPOILT["how"] == "name":
        told = told.replace(f">{name}<", ">admin<")
    return facts["destination"], base64.b64encode(told.encode()).decode()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        at = urlsplit(self.path)
        if at.path == "/spoil":
            SPOILT["how"] = at.query
            self._say("")
            return
        asked = _first(at.query)
        self._say(
            "<h1>The provider's own sign-in</h1><form method=post>"
            + _hidden(asked)
            + "<label>Username <input name=username></label>"
            "<label>Password <input name=password type=password></label><button>Go</button></form>"
        )

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        typed = _first(self.rfile.read(size).decode())
        if typed.get("username") not in PEOPLE or typed.get("password") != PASSWORD:
            self._say("<h1>No</h1>")
            return
        destination, told = answer(typed["SAMLRequest"], typed["username"])
        fields = _hidden({"SAMLResponse": told, "RelayState": typed.get("RelayState", "")})
        self._say(
            f'<form method=post action="{html.escape(destination)}">{fields}'
            "<button>Go on</button></form>"
        )

    def _say(self, body: str) -> None:
        said = (PAGE + body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_: object) -> None:
        pass


def _first(fields: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(fields).items()}


def _hidden(fields: dict[str, str]) -> str:
    return "".join(
        f'<input type=hidden name="{name}" value="{html.escape(value)}">'
        for name, value in fields.items()
    )


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
