"""The product's own application, less patient than usual.

Calls are given up after seconds instead of half a minute, so that the storm is short, and so that a
worker that was frozen finds its calls settled by others while it still holds them.
"""

from clicktodial.wsgi import application  # before all others: it makes the apps ready

# isort: split
from datetime import timedelta

from clicktodial.dialing import sending
from clicktodial.dialing.models import call

sending.PATIENCE = 4.0
call.GRACE = timedelta(seconds=1)

__all__ = ["application"]
