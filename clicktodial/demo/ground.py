"""What a demo needs from its machine before it begins: free ports and a folder of its own."""

import contextlib
import fcntl
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path


class CannotStart(Exception):
    """The demo cannot start; the text is the whole reason, for whoever started it."""


def check_port(host: str, port: int) -> None:
    """One sentence, before anything is done, where the site could not listen."""
    try:
        address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, OverflowError) as error:
        raise CannotStart(f"There is no address {host}:{port}. Try: make run PORT=8001") from error
    with socket.socket(address[0]) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address[4])
        except OSError as error:
            reason = error.strerror or str(error)
            raise CannotStart(
                f"Port {port} cannot be had ({reason}). "
                f"Take another with: make run PORT={port + 1 if port > 1023 else 8001}"
            ) from error


def preferred(port: int) -> int:
    """The port if it is free, else 0: any free one. The same addresses at every start are nicer."""
    if port > 65535:
        return 0
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return 0
    return port


@contextlib.contextmanager
def claimed(folder: Path, *, fresh: bool) -> Iterator[None]:
    """The folder for ourselves: a second demo in it would move the first one's clusters."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotStart(
                "The demo runs already, from this folder: stop that one first."
            ) from error
        if fresh:
            for path in folder.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        yield
    finally:
        os.close(descriptor)
