"""Imports people from the LDAP directories kept in the administration: for a terminal, a timer."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from directory.imports import ldap_works
from directory.management.commands import import_people
from directory.models import ImportRun, LdapTree


class Command(import_people.Command):
    help = (
        "Plans an import of people from an LDAP directory and tells the plan; does it with --yes. "
        "Exit status as of import_people; with --all the gravest of them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="the source of people, by name")
        parser.add_argument("--all", action="store_true", help="every one that is ticked for it")
        parser.add_argument(
            "--changes",
            action="store_true",
            help="only who has changed since the last time; who is gone is found without it",
        )
        parser.add_argument("--yes", action="store_true", help="do what the plan says")
        parser.add_argument("--dry-run", action="store_true", help="tell the plan and forget it")
        parser.add_argument(
            "--allow-shrink", action="store_true", help="it is right that so many are gone"
        )
        parser.add_argument("--json", action="store_true", help="tell it for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        gravest = 0
        for tree in self._trees(options):
            gravest = max(gravest, self._import(tree, options))
        if gravest:
            sys.exit(gravest)

    def _trees(self, options: dict[str, Any]) -> list[LdapTree]:
        if options["all"] == bool(options["name"]):
            raise CommandError("Name one source, or say --all.")
        trees = LdapTree.objects.select_related("source")
        if options["all"]:
            return list(trees.filter(enabled=True))
        found = list(trees.filter(source__name=options["name"]))
        if not found:
            names = ", ".join(trees.values_list("source__name", flat=True)) or "none yet"
            raise CommandError(f"There is no LDAP directory {options['name']}. There are: {names}.")
        return found

    def _import(self, tree: LdapTree, options: dict[str, Any]) -> int:
        """The exit status of one; another's failure does not keep the next from its turn."""
        begun = timezone.now()
        try:
            super().handle(**{**options, "undo": None, "tree": tree})
        except SystemExit as ended:
            return int(ended.code or 0)
        except CommandError as error:
            if not options["all"]:
                raise
            self.stderr.write(f"{tree}: {error}")
            return 1
        if not options["dry_run"]:
            ldap_works.remember(tree.source, begun=begun)
        return 0

    def _planned(self, options: dict[str, Any]) -> ImportRun:
        tree: LdapTree = options["tree"]
        run = ImportRun.objects.create(source=tree.source, file_name=tree.source.name)
        self._do(ldap_works.PLAN, run=run.pk, changes=options["changes"], about=str(tree))
        run.refresh_from_db()
        return run
