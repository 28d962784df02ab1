"""`manage.py check_accounts`: closes accounts whose people are disabled or gone in LDAP."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from clicktodial.signin import accounts
from clicktodial.signin.models import Identity

SHARE = 0.1  # of all accounts: more at once is likelier a wrong setting than a bad day
FEW = 5


class Command(BaseCommand):
    help = (
        "Close the accounts of people who are disabled or gone in LDAP, and open those again that "
        "came back. Run it every few minutes. Nothing is closed where the server does not answer."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="close even where more than a tenth would go"
        )

    def handle(self, *args: Any, force: bool, **options: Any) -> None:
        if not settings.LDAP.urls:
            raise CommandError(_("LDAP_URL is not set: there is nothing to be asked."))
        from clicktodial.ldap_server import Unreachable
        from clicktodial.signin import ldap  # the extra may be missing where LDAP is not used

        identities = list(Identity.objects.filter(source="ldap").select_related("user"))
        try:
            standing = ldap.standing(identity.subject for identity in identities)
        except Unreachable as error:
            raise CommandError(
                _("The LDAP server was of no help, so nothing was changed: %(why)s")
                % {"why": error}
            ) from None
        gone = [
            each for each in identities if not each.closed_at and not standing.get(each.subject)
        ]
        back = [each for each in identities if each.closed_at and standing.get(each.subject)]
        if len(gone) > max(FEW, SHARE * len(identities)) and not force:
            raise CommandError(
                _(
                    "%(gone)s of %(all)s accounts would be closed, so nothing was changed. Look at "
                    "LDAP_USER_BASES; if it is right, run this with --force."
                )
                % {"gone": len(gone), "all": len(identities)}
            )
        for identity in gone:
            accounts.close(identity)
        for identity in back:
            accounts.reopen(identity)
        self.stdout.write(
            _("%(gone)s closed, %(back)s opened again, %(all)s looked at.")
            % {"gone": len(gone), "back": len(back), "all": len(identities)}
        )
