"""`manage.py settle_calls` settles what dead workers left, and nothing that is still under way."""

from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone

from clicktodial.dialing.models import Call, Mode, Outcome


def call(name: str, outcome: Outcome, *, seconds: float) -> Call:
    """A call whose worker has this many seconds left."""
    now = timezone.now()
    return Call.objects.create(
        click=uuid4(),
        user=get_user_model().objects.create_user(name),
        mode=Mode.DESK_PHONE,
        number="1234",
        outcome=outcome,
        sent_at=now,
        settle_by=now + timedelta(seconds=seconds),
    )


@pytest.mark.django_db
def test_abandoned_calls_are_settled_as_truthfully_as_can_be_known() -> None:
    unsent: Any = call("ada", Outcome.PLACING, seconds=-1)
    sent: Any = call("bruno", Outcome.SENDING, seconds=-1)
    busy: Any = call("clara", Outcome.SENDING, seconds=60)
    out = StringIO()
    call_command("settle_calls", stdout=out)
    assert out.getvalue() == "2 calls settled.\n"
    for one in (unsent, sent, busy):
        one.refresh_from_db()
    assert (unsent.outcome, sent.outcome) == (Outcome.NOT_SENT, Outcome.UNKNOWN)
    assert busy.outcome == Outcome.SENDING
