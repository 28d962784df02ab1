from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = "Directory"

    def ready(self) -> None:
        from directory import works  # noqa: F401 — importing it names the kinds of work
        from directory.imports import (
            ldap_works,  # noqa: F401 — likewise
            triggers,  # noqa: F401 — importing it connects it
        )
        from directory.imports import works as imports  # noqa: F401 — likewise
        from directory.search import signals  # noqa: F401 — importing it connects it
