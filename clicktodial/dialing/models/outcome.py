"""How far a call got."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """How far a call got, as far as we know and no further."""

    PLACING = "placing", _("being placed")  # nothing has left this machine
    SENDING = "sending", _("being sent")  # a node may have it
    ACCEPTED = "accepted", _("taken by Unified CM")
    REFUSED = "refused", _("refused by Unified CM")
    NOT_SENT = "not_sent", _("not sent")
    UNKNOWN = "unknown", _("not confirmed")
    HANDED_OVER = "handed_over", _("handed to the pop-up")


IN_FLIGHT = (Outcome.PLACING, Outcome.SENDING)
