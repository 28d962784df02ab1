"""Releases of Unified CM as people write them, and the vendor's advisory about WebDialer."""

import re
from enum import Enum

ADVISORY = "CVE-2026-20230"

# The advisory of June 2026 names two release lines, each mended by a service update. It has no
# workaround but to switch WebDialer off, and it has been exploited.
_FIXED_IN = {14: 6, 15: 5}
_WRITTEN = re.compile(
    r"""(?P<major>[1-9]\d?)
        (?:\.\d{1,2}|\(\d{1,2}\)){0,3}          # 14.0.1 or 14.0(1)
        (?:\s*-?\s*SU\s*(?P<update>\d{1,2})[a-z]?)?
        (?P<patch>[\s+]+COP(?:[\s+].*)?)?""",
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)


class Standing(Enum):
    """Where a release stands towards the advisory."""

    FIXED = "fixed"
    AFFECTED = "affected"
    UNKNOWN = "unknown"


def standing_of(release: str) -> Standing:
    """Whether a release such as `14SU5`, `15.0(1)SU4a` or `15SU4 COP` still needs the patch.

    Release 15 was also mended by a COP file. A release that cannot be read, or that is older than
    those the advisory names, is UNKNOWN.
    """
    written = _WRITTEN.fullmatch(release.strip())
    if written is None:
        return Standing.UNKNOWN
    major, update = int(written["major"]), int(written["update"] or 0)
    if major > max(_FIXED_IN):
        return Standing.FIXED
    if major not in _FIXED_IN:
        return Standing.UNKNOWN
    patched = major == 15 and written["patch"]
    return Standing.FIXED if patched or update >= _FIXED_IN[major] else Standing.AFFECTED


def mended_in(release: str) -> str:
    """The first release of the same line with the patch."""
    major = 14 if release.strip().startswith("14") else 15
    return f"{major}SU{_FIXED_IN[major]}"
