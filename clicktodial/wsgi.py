"""What gunicorn serves."""

import os

from clicktodial.environment import stop_on_bad_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clicktodial.settings")
with stop_on_bad_settings():
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
