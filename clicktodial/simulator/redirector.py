"""The Redirector: sends a browser to the user's home cluster, with the parameters."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote, unquote, urlencode

from clicktodial.simulator.wire import Request, Response, redirect

_COOKIE = "webdialer_user"


def user_of(request: Request) -> str:
    """The user id that the form tells, or that this browser told before."""
    return request.form.get("uid", "") or unquote(request.cookies.get(_COOKIE, ""))


def send(request: Request, user_id: str, *, home: str) -> Response:
    """The way home; `home` is the address of the pop-up there."""
    form = request.form
    if "appid" in form and request.method == "POST":
        # 307 keeps the form in the body, and so the password out of the address.
        return redirect(home, status=307)
    names: tuple[str, ...] = ("destination", "appid", "pwd")
    kept = {name: form[name] for name in names if name in form}
    kept["uid" if "appid" in form else "user"] = user_id
    cookie = f"{_COOKIE}={quote(user_id, safe='')}; Path=/webdialer; HttpOnly"
    response = redirect(f"{home}?{urlencode(kept)}")
    return replace(response, headers=(*response.headers, ("Set-Cookie", cookie)))
