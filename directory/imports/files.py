"""A file of people, whichever kind it is: told by its content and not by its name."""

from typing import IO

from django.utils.translation import gettext as _

from directory.imports.csv_file import CsvFile
from directory.imports.record import NotReadable
from directory.imports.xlsx_file import XlsxFile

MOST_BYTES = 250_000_000
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def source_of(file: IO[bytes], *, name: str) -> CsvFile | XlsxFile:
    """The source that reads this open file; NotReadable says what to do instead."""
    file.seek(0, 2)
    if file.tell() > MOST_BYTES:
        text = _("The file is larger than %(n)d MB.")
        raise NotReadable(text % {"n": MOST_BYTES // 1_000_000})
    file.seek(0)
    begins = file.read(4)
    if begins == _ZIP:
        return XlsxFile(file, name=name)
    if begins == _OLD_OFFICE:
        raise NotReadable(
            _("This is a workbook of an old kind, or one with a password. Save it as XLSX.")
        )
    return CsvFile(file, name=name)
