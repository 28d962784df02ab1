"""Every result code of makeCallSoap in the words of the person who dialled."""

from django.utils.translation import gettext as _


def of_code(code: int | None) -> tuple[str, str]:
    """What happened, and what to do next; the text of a code differs between releases."""
    told = _("The administrators can see this too. Meanwhile dial on the phone.")
    sentences = {
        1: (
            _("Your phone could not place the call."),
            _("It may be off the hook, in a call or not registered. Look at it, then call again."),
        ),
        2: (_("The phone system refused this site's sign-in. No call was placed."), told),
        3: (_("The phone system does not let this site dial for you. No call was placed."), told),
        4: (
            _("The phone system did not find your user id. No call was placed."),
            _("Call again. If this stays, ask the help desk for your user id in the phone system."),
        ),
        5: (
            _("The phone to dial from is no longer yours. No call was placed."),
            _("Choose the phone to dial from."),
        ),
        6: (
            _("The phone system cannot take calls right now. No call was placed."),
            _("Wait a moment, then call again."),
        ),
        7: (
            _("The phone system found no way to this number."),
            _("Check the number: a prefix may be missing, or your line may not call there."),
        ),
        8: (
            _("The phone system had an error of its own."),
            _("Call again. If this stays, tell the help desk the reference."),
        ),
        9: (
            _("The phone system has too much to do. No call was placed."),
            _("Wait a few seconds, then call again."),
        ),
    }
    if code in sentences:
        return sentences[code]
    return (
        _("The phone system refused the call with code %(code)s.") % {"code": code},
        _("Tell the help desk this code and the reference."),
    )
