"""What gunicorn serves."""

import os

from clicktodial.environment import stop_on_bad_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clicktodial.settings")
with stop_on_bad_settings():
    from django.conf import settings

    if settings.METRICS_TOKEN or settings.METRICS_FROM:
        # Processes that serve share their counts; commands leave no files there.
        settings.METRICS_DIR.mkdir(parents=True, exist_ok=True)
        os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(settings.METRICS_DIR))

    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()

    from clicktodial.start import middleware as first_visit

    first_visit.look()
