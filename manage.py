#!/usr/bin/env python
"""Django's command line for this site."""

import os
import sys

from clicktodial.environment import stop_on_bad_settings

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clicktodial.settings")
    with stop_on_bad_settings():
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
