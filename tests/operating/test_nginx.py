"""The nginx configuration of the documentation starts, and does what it says."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from contextlib import contextmanager, suppress

import pytest
import trustme

from tests.operating import company

pytestmark = pytest.mark.long
ROOT = company.ROOT
HOST = "directory.example.com"
ECHO = """
import json

def application(environ, start):
    while environ["wsgi.input"].read(1_000_000):
        pass
    told = {name: value for name, value in environ.items() if isinstance(value, str)}
    start("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(told).encode()]
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as door:
        return door.getsockname()[1]


@contextmanager
def stopped_in_the_end(process):
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=40)


@contextmanager
def nginx(folder, *, sites, doors):
    """nginx with the documented configuration in front of these ports of ours."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if program is None:
        if os.environ.get("CI") == "true":
            raise RuntimeError("nginx is missing")
        pytest.skip("nginx is not installed")
    authority = trustme.CA()
    certificate = authority.issue_cert(HOST)
    certificate.cert_chain_pems[0].write_to_path(folder / "fullchain.pem")
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    written = (ROOT / "deploy" / "nginx.conf").read_text()
    servers = " ".join(f"server 127.0.0.1:{port};" for port in sites)
    for old, new in (
        ("server 127.0.0.1:8000;", servers),
        ("/etc/ssl/clicktodial/", f"{folder}/"),
        ("listen [::]:80;", ""),
        ("listen [::]:443 ssl http2;", ""),
        ("listen 80;", f"listen 127.0.0.1:{doors[0]};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{doors[1]} ssl http2;"),
    ):
        assert old in written
        written = written.replace(old, new)
    paths = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{name}_temp_path {folder}/{name};\n" for name in paths)
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log stderr;\n"
        + ("user root;\n" if os.geteuid() == 0 else "")
        + "events {}\n"
        + f"http {{ access_log off;\n{temporary}{written}}}\n"
    )
    command = [program, "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert tried.returncode == 0, tried.stderr
    process = subprocess.Popen(command)
    with stopped_in_the_end(process):
        wait_for(doors[1])
        trust = ssl.create_default_context()
        authority.configure_trust(trust)
        yield lambda *request, **more: ask(doors[1], trust, *request, **more)


def wait_for(port):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        time.sleep(0.05)
    raise RuntimeError("nobody opened the door")


class Door(http.client.HTTPSConnection):
    """A connection to loopback that expects the certificate of the site's name."""

    def connect(self):
        plain = socket.create_connection(("127.0.0.1", self.port), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=HOST)


def ask(port, trust, method, path, *, body=None, headers=None):
    door = Door(HOST, port, context=trust, timeout=60)
    try:
        door.request(method, path, body, {"Host": HOST, **(headers or {})})
        answer = door.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        door.close()


@contextmanager
def gunicorn(application, *, port, folder, **variables):
    surroundings = os.environ | {"BIND": f"127.0.0.1:{port}", "WORKERS": "1"} | variables
    config = str(ROOT / "deploy" / "gunicorn.conf.py")
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", config, application],
        env=surroundings,
        cwd=folder,
    )
    with stopped_in_the_end(process):
        wait_for(port)
        yield


@pytest.fixture(scope="module")
def echo(tmp_path_factory):
    """nginx before an application that tells what it was asked, and a host that is down."""
    folder = tmp_path_factory.mktemp("echo")
    (folder / "echo.py").write_text(ECHO)
    port, doors = free_port(), (free_port(), free_port())
    with (
        gunicorn("echo", port=port, folder=folder),
        nginx(folder, sites=[port, free_port()], doors=doors) as asked,
    ):
        yield asked


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """nginx before the site itself, under the product's own settings."""
    folder = tmp_path_factory.mktemp("site")
    port, doors = free_port(), (free_port(), free_port())
    variables = {
        "ALLOWED_HOSTS": HOST,
        "DJANGO_SETTINGS_MODULE": "clicktodial.settings",
        "HTTPS": "true",
        "MEDIA_ROOT": str(folder / "media"),
        "PROXIES": "1",
        "STATIC_ROOT": str(folder / "static"),
    }
    with company.sqlite_site(folder) as url:
        variables["DATABASE_URL"] = url
        environment = os.environ | variables
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
        subprocess.run(collect, env=environment, cwd=ROOT, check=True)
        with (
            gunicorn("clicktodial.wsgi", port=port, folder=ROOT, **variables),
            nginx(folder, sites=[port], doors=doors) as asked,
        ):
            yield asked


def test_what_the_browser_says_of_itself_counts_for_nothing(echo):
    lies = {"X-Forwarded-For": "10.1.2.3", "X-Forwarded-Proto": "http", "X-Request-ID": "mine"}
    _, _, told = echo("GET", "/", headers=lies)

    assert b'"HTTP_X_FORWARDED_FOR": "127.0.0.1"' in told
    assert b'"HTTP_X_FORWARDED_PROTO": "https"' in told
    assert b"mine" not in told


def test_a_host_that_is_down_is_passed_over(echo):
    statuses = {echo("POST", "/", body=f"click={n}")[0] for n in range(6)}

    assert statuses == {200}


def test_an_upload_of_a_hundred_megabytes_is_let_through(echo):
    status, _, _ = echo("POST", "/", body=b"0" * 100_000_000)

    assert status == 200


def test_the_sign_in_page_opens_over_tls(site):
    status, headers, page = site("GET", "/sign-in/")

    assert status == 200
    assert b"csrfmiddlewaretoken" in page
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_signing_in_works_behind_the_proxy(site):
    _, headers, page = site("GET", "/sign-in/")
    cookie = headers["Set-Cookie"].partition(";")[0]
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1].decode()
    fields = f"csrfmiddlewaretoken={token}&username=nobody&password=wrong"
    status, _, page = site(
        "POST",
        "/sign-in/",
        body=fields,
        headers={
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": cookie,
            "Referer": f"https://{HOST}/sign-in/",
        },
    )

    assert status == 200, "a CSRF failure would be 403"
    assert b"nobody" in page


def test_static_files_keep_their_compression_and_their_year(site):
    _, _, page = site("GET", "/sign-in/")
    path = re.search(rb'"(/static/[^"#]+\.[0-9a-f]{12}\.(?:js|svg))["#]', page)[1].decode()
    status, headers, _ = site("GET", path, headers={"Accept-Encoding": "br"})

    assert status == 200
    assert headers["Content-Encoding"] == "br"
    assert "immutable" in headers["Cache-Control"]


def test_http_is_sent_to_https():
    written = (ROOT / "deploy" / "nginx.conf").read_text()
    plain = written.partition("listen 80;")[2].partition("}")[0]

    assert f"return 301 https://{HOST}$request_uri;" in plain
