from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext, ngettext

from clicktodial.dialplan import words


class LanguagesConfig(AppConfig):
    name = "clicktodial.languages"
    label = "languages"

    def ready(self) -> None:
        from clicktodial.languages import choice

        words.speak(gettext, ngettext)
        user_logged_in.connect(choice.recall, dispatch_uid="recall language")
