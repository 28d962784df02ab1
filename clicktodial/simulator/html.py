"""The HTML interface of a node: sign in, choose a phone, press Dial, hang up."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from dataclasses import replace

from clicktodial.simulator import choices, failures, redirector, templates
from clicktodial.simulator.accounts import Credential
from clicktodial.simulator.exchange import DESCRIPTIONS, Asked, Profile
from clicktodial.simulator.faults import Fault
from clicktodial.simulator.node import NodeServer, not_found
from clicktodial.simulator.scene import Device
from clicktodial.simulator.sessions import Session, Sessions
from clicktodial.simulator.templates import Markup
from clicktodial.simulator.wire import Request, Response

ADDRESS = "/webdialer/Webdialer"
REDIRECTORS = ("/webdialer/WebdialerRedirector", "/webdialer/Redirector")
_OPERATIONS = {"dial": "makeCallHtml", "hangup": "endCallHtml"}
_HEADERS = (
    ("Cache-Control", "no-store"),
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; "
        "frame-ancestors 'self'",
    ),
    ("X-Content-Type-Options", "nosniff"),
)


class Popup:
    """The pages of one node; `homes` tells the addresses of a user's home clusters."""

    def __init__(
        self,
        node: NodeServer,
        *,
        homes: Callable[[str], list[str]],
        clock: Callable[[], float],
    ) -> None:
        self._node = node
        self._exchange = node.exchange
        self._settings = node.exchange.settings
        self._homes = homes
        self._cookie = "JSESSIONID_" + re.sub(r"[^A-Za-z0-9_-]", "_", node.node.name)
        self.sessions = Sessions(hours=self._settings.session_hours, clock=clock)

    def answer(self, request: Request) -> Response:
        """The page that is asked for; faults included."""
        if request.path in ("/webdialer/popup.css", "/webdialer/popup.js"):
            return templates.static(request.path.rpartition("/")[2])
        if request.path != ADDRESS and request.path not in REDIRECTORS:
            return not_found(request)
        session = self.sessions.find(request.cookies.get(self._cookie, ""))
        command = request.form.get("cmd", "") if request.method == "POST" else ""
        fault = self._node.strike(
            request,
            _OPERATIONS.get(command, "html"),
            via="html",
            by=session.user_id if session else "",
        )
        if fault is not None and not fault.kind.acts:
            return self._fail(request, session, command, fault)
        if fault is not None and fault.kind.name == "slow":
            self._node.closing.wait(fault.seconds)
        if request.path in REDIRECTORS:
            response = self._send_home(request)
        else:
            response = self._show(request, session, command, fault)
        return failures.spoil(fault, response) if fault else response

    def _fail(
        self, request: Request, session: Session | None, command: str, fault: Fault
    ) -> Response:
        if session and command in _OPERATIONS:
            asked = Asked(self._node.node.name, "html", fault.kind.name)
            who, profile = session.credential, _profile(session)
            if command == "dial":
                number = request.form.get("destination", "")
                self._exchange.record_call(who, number, profile, asked, code=fault.code)
            else:
                self._exchange.record_end(who, profile, asked, code=fault.code, acted=False)
            if fault.code is not None:
                return self._make_call_page(request, session, notice=_words(fault.code))
        return failures.instead(fault, request)

    def _show(
        self, request: Request, session: Session | None, command: str, fault: Fault | None
    ) -> Response:
        form = request.form
        if command == "login":
            return self._login(request)
        if form.get("appid") or form.get("pwd"):
            return self._proxy(request)
        if session is None:
            expired = self._cookie in request.cookies
            notice = "Session expired, please log in again." if expired else ""
            return self._login_page(request, notice=notice)
        if command and not hmac.compare_digest(
            form.get("token", "").encode(), session.form_token.encode()
        ):
            return self._page("WebDialer", Markup(), notice="This form is out of date.", status=403)
        asked = Asked(self._node.node.name, "html", fault.kind.name if fault else "")
        if command == "choose":
            return self._choose(request, session)
        if command == "preferences":
            return self._preferences_page(request, session)
        if command == "sign_out":
            self.sessions.end(session.key)
            return self._login_page(request, notice="You are logged out.")
        if command == "dial":
            return self._dial(request, session, asked)
        if command == "hangup":
            return self._hang_up(session, asked)
        return self._next_page(request, session)

    def _login(self, request: Request) -> Response:
        credential = Credential(request.form.get("uid", ""), request.form.get("pwd", ""))
        account = self._exchange.accounts.sign_in(credential)
        if account is None or account.application:
            return self._login_page(request, notice=_words(2))
        return self._enter(request, account.id, credential)

    def _proxy(self, request: Request) -> Response:
        """makeCallProxy: an application user opens the page in the place of an end user."""
        form, accounts = request.form, self._exchange.accounts
        if self._settings.make_call_proxy_methods == "Secure" and request.method != "POST":
            notice = "makeCallProxy is taken by POST only."
            return self._page("WebDialer", Markup(), notice=notice, status=405)
        credential = Credential(form.get("appid", ""), form.get("pwd", ""))
        account = accounts.sign_in(credential)
        user_id = form.get("uid", "")
        if account is None:
            return self._page("WebDialer", Markup(), notice=_words(2))
        if not account.proxy and account.id != user_id:
            return self._page("WebDialer", Markup(), notice=_words(3))
        if accounts.user(user_id) is None:
            return self._page("WebDialer", Markup(), notice=_words(4))
        return self._enter(request, user_id, credential)

    def _enter(self, request: Request, user_id: str, credential: Credential) -> Response:
        session = self.sessions.begin(user_id, credential)
        before = self.sessions.find(request.cookies.get(self._cookie, ""))
        if before is not None and before.user_id == user_id:
            session.device, session.line = before.device, before.line
            session.keep_open = before.keep_open
        if before is not None:
            self.sessions.end(before.key)
        response = self._next_page(request, session)
        secure = "; Secure" if self._node.node.secure else ""
        # No SameSite: Unified CM says nothing, so browsers keep it from another site's POST.
        cookie = f"{self._cookie}={session.key}; Path=/webdialer; HttpOnly{secure}"
        return replace(response, headers=(*response.headers, ("Set-Cookie", cookie)))

    def _choose(self, request: Request, session: Session) -> Response:
        form = request.form
        if form.get("mode") == "em":
            notice = "User not logged in on any device."
            return self._preferences_page(request, session, notice=notice)
        name, line = form.get("device", ""), form.get("line", "")
        device = next((d for d in self._devices(session) if d.name == name), None)
        texts = [text.text for text in device.lines] if device else []
        if line not in texts and len(texts) == 1:
            line = texts[0]
        if line not in texts:
            notice = "Choose a line of the calling device."
            return self._preferences_page(request, session, notice=notice)
        session.device, session.line = name, line
        session.keep_open = form.get("keep_open") == "1"
        return self._make_call_page(request, session)

    def _dial(self, request: Request, session: Session, asked: Asked) -> Response:
        number = request.form.get("destination", "")
        profile = _profile(session)
        code = self._exchange.make_call(session.credential, number, profile, asked=asked)
        if code == 5:
            return self._preferences_page(request, session, notice=_words(5))
        if code != 0:
            return self._make_call_page(request, session, notice=_words(code))
        phone = self._exchange.phones[session.device].snapshot()
        content = templates.fill(
            "end_call.html",
            token=session.form_token,
            destination=number,
            digits=phone.digits or number,
            device=session.device,
            seconds=self._settings.end_call_seconds,
            keep_open=Markup(" checked" if session.keep_open else ""),
        )
        return self._page("End Call", content)

    def _hang_up(self, session: Session, asked: Asked) -> Response:
        code = self._exchange.end_call(session.credential, _profile(session), asked=asked)
        text = "The call has ended." if code == 0 else _words(code)
        return self._page("Call ended", templates.fill("ended.html", text=text, seconds=3))

    def _send_home(self, request: Request) -> Response:
        user_id = redirector.user_of(request)
        homes = self._homes(user_id) if user_id else []
        if homes:
            return redirector.send(request, user_id, home=homes[0] + ADDRESS)
        notice = f"No cluster knows the user {user_id}." if user_id else ""
        content = templates.fill(
            "redirector.html",
            action=request.path,
            destination=request.form.get("destination", ""),
            user=user_id,
        )
        return self._page("WebDialer Redirector", content, notice=notice)

    def _next_page(self, request: Request, session: Session) -> Response:
        known = any(d.name == session.device for d in self._devices(session))
        if not known:
            return self._preferences_page(request, session)
        return self._make_call_page(request, session)

    def _login_page(self, request: Request, *, notice: str = "") -> Response:
        form = request.form
        content = templates.fill(
            "login.html",
            destination=form.get("destination", ""),
            user=form.get("uid", "") or form.get("user", ""),
        )
        return self._page("Login", content, notice=notice)

    def _preferences_page(
        self, request: Request, session: Session, *, notice: str = ""
    ) -> Response:
        devices = self._devices(session)
        if not devices:
            return self._page("Preferences", Markup(), notice=_words(5))
        content = templates.fill(
            "preferences.html",
            token=session.form_token,
            destination=request.form.get("destination", ""),
            user=session.user_id,
            devices=choices.devices(devices, chosen=session.device),
            lines=choices.lines(devices, chosen=(session.device, session.line)),
            keep_open=Markup(" checked" if session.keep_open else ""),
        )
        return self._page("Preferences", content, notice=notice)

    def _make_call_page(self, request: Request, session: Session, *, notice: str = "") -> Response:
        content = templates.fill(
            "make_call.html",
            token=session.form_token,
            destination=request.form.get("destination", ""),
            device=session.device,
            line=session.line,
        )
        return self._page("Make Call", content, notice=notice)

    def _page(
        self, title: str, content: Markup, *, notice: str = "", status: int = 200
    ) -> Response:
        body = templates.fill(
            "popup.html",
            title=title,
            cluster=self._exchange.cluster.name,
            node=self._node.node.name,
            notice=templates.fill("notice.html", text=notice) if notice else Markup(),
            content=content,
        )
        return Response(status, body.encode("utf-8", "replace"), headers=_HEADERS)

    def _devices(self, session: Session) -> tuple[Device, ...]:
        user = self._exchange.accounts.user(session.user_id)
        return self._exchange.devices_of(user) if user else ()


def _profile(session: Session) -> Profile:
    return Profile(session.user_id, session.device, session.line)


def _words(code: int) -> str:
    return f"{DESCRIPTIONS.get(code, 'Unknown error')} ({code})."
