"""`python -m tests.chaos`: one storm, told in figures; exit status 1 where the promise broke."""

import argparse
import os
import secrets
import sys
import tempfile
from pathlib import Path


def main() -> int:
    options = _options()
    print(f"CHAOS_SEED={options.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="clicktodial-chaos-") as name:
        _set_environment(Path(name), options.database_url)
        import django

        django.setup()
        from django.db import connection, connections

        from tests.chaos import storm, summary

        report = storm.blow(clicks=options.clicks, seed=options.seed, folder=Path(name))
        told = summary.lines(report, seed=options.seed, database=connection.vendor)
        print("\n".join(told), flush=True)
        connections.close_all()
        if report.breaches and options.logs:
            for log in sorted(Path(name).glob("*.log")):
                print(f"--- {log.name}\n{log.read_text('utf-8', 'replace')[-4000:]}")
    return 1 if report.breaches else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--clicks", type=int, default=2000)
    parser.add_argument("--seed", default=os.environ.get("CHAOS_SEED") or secrets.token_hex(4))
    parser.add_argument("--database-url", default="", help="an empty database (default: SQLite)")
    parser.add_argument("--logs", action="store_true", help="show the hosts' logs after a breach")
    return parser.parse_args()


def _set_environment(folder: Path, database_url: str) -> None:
    """The site's variables, for this process and for the hosts that it starts."""
    from cryptography.fernet import Fernet

    os.environ.update(
        {
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            "ALLOWED_HOSTS": "127.0.0.1",
            "DATABASE_URL": database_url or f"sqlite:///{folder / 'site.sqlite3'}",
            "DEBUG": "false",
            "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
            "HTTPS": "false",
            "LOG_LEVEL": "ERROR",
            "MEDIA_ROOT": str(folder / "media"),
            "SECRET_KEY": secrets.token_hex(32),
            "STATIC_ROOT": str(folder / "static"),
        }
    )


if __name__ == "__main__":
    sys.exit(main())
