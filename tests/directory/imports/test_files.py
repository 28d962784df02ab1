"""Files as they come: every usual encoding, separator and quotation; and files made to harm."""

import io
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from directory.imports import fields, files, mapping
from directory.imports.record import NotReadable, Record

TEXT = "id;Vorname;Nachname\r\n1;Zoë;Müller\r\n2;Jürg;O’Neil\r\n"


def read(content: bytes) -> tuple[list[str], list[Record]]:
    source = files.source_of(io.BytesIO(content), name="people.csv")
    return list(source.columns), list(source.records())


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("cp1252"),
        TEXT.replace(";", ",").encode(),
        TEXT.replace(";", "\t").encode(),
        TEXT.replace(";", "|").encode(),
        TEXT.replace("\r\n", "\n").encode(),
        ("\r\n;;\r\n" + TEXT).encode(),
    ],
    ids=[
        "utf8", "utf8 mark", "utf16", "utf16 le", "utf16 be", "windows", "comma", "tab", "bar",
        "unix lines", "blank first",
    ],
)  # fmt: skip
def test_every_usual_way_of_writing_is_read(content: bytes) -> None:
    columns, records = read(content)
    assert columns == ["id", "Vorname", "Nachname"]
    assert [record.values["Nachname"] for record in records] == ["Müller", "O’Neil"]
    assert not any(record.fault for record in records)


def test_quotation_marks_hold_separators_lines_and_themselves() -> None:
    _columns, records = read(b'id,name\n1,"Frei, ""Ada""\nMaria"\n2,Graf\n')
    assert [(r.line, r.values["name"]) for r in records] == [
        (2, 'Frei, "Ada"\nMaria'), (4, "Graf"),
    ]  # fmt: skip


def test_ragged_lines_are_told_with_their_number() -> None:
    _columns, records = read(b"id,name,title\n1,Ada,Head\n2,Bruno\n3,Chie,Buyer,more\n4,Dora,x,,\n")
    assert [(record.line, bool(record.fault)) for record in records] == [
        (2, False), (3, True), (4, True), (5, False),
    ]  # fmt: skip
    assert records[1].fault == "It has 2 cells, and there are 3 headings."


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\n\n ,\n", "empty"),
        (b'id,name\n1,"Ada\n2,Bruno\n', "line 2 a quotation mark is opened"),
        (b'id,name\n1,"Ada" Maria\n', "Line 2 cannot be read"),
        (b"id,name\n1,Ada\0\n", "no text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no text"),
        (b"id,name\n1,\x81\n", "no usual encoding"),
        ("id,name\n".encode("utf-8-sig") + b"1,\xff\n", "UTF-8 and does not go on so"),
        (b"\xd0\xcf\x11\xe0old office", "old kind"),
        (b"PK\x03\x04no zip at all", "no workbook"),
    ],
    ids=["empty", "blank", "open", "quoted", "nul", "png", "81", "utf8", "xls", "zip"],
)
def test_what_cannot_be_read_says_what_to_do(content: bytes, says: str) -> None:
    with pytest.raises(NotReadable, match=says):
        read(content)


def test_headings_that_are_missing_or_twice_get_names_of_their_own() -> None:
    columns, _records = read(b"id,,Phone,Phone\n1,2,3,4\n")
    assert columns == ["id", "column 2", "Phone", "Phone (2)"]


def test_a_long_file_is_never_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    row = b"%d,Ada Frei," + b"Head of everything " * 40 + b"\n"
    with path.open("wb") as file:
        file.write(b"id,name,title\n")
        file.writelines(row % n for n in range(20_000))
    tracemalloc.start()
    with path.open("rb") as file:
        source = files.source_of(file, name="long.csv")
        assert sum(1 for _ in source.records()) == 20_000
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.stat().st_size > 12_000_000
    assert peak < 5_000_000


# --- Workbooks ------------------------------------------------------------------------------------


def workbook(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    book.close()
    return out.getvalue()


def test_a_workbook_is_read_like_a_file_of_texts() -> None:
    from datetime import date

    content = workbook(
        ["id", "name", "phone", "since"],
        [1001, "Zoë Müller", 41446681800.0, date(2020, 1, 2)],
        [],
        [1002, "Graf", None, "#N/A"],
    )
    columns, records = read(content)
    assert columns == ["id", "name", "phone", "since"]
    assert [(r.line, *r.values.values()) for r in records] == [
        (2, "1001", "Zoë Müller", "41446681800", "2020-01-02"),
        (4, "1002", "Graf", "", ""),
    ]


def test_cells_right_of_the_headings_are_told() -> None:
    _columns, records = read(workbook(["id", "name"], [1, "Ada", "what is this"]))
    assert records[0].fault


def repacked(content: bytes, name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            new.writestr(info.filename, data if info.filename == name else old.read(info))
    return out.getvalue()


def test_a_workbook_that_unpacks_to_far_more_than_it_is_is_refused() -> None:
    bomb = repacked(workbook(["id"], [1]), "xl/worksheets/sheet1.xml", b" " * 60_000_000)
    assert len(bomb) < 200_000
    with pytest.raises(NotReadable, match="too large once it is unpacked"):
        read(bomb)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_workbook_with_entities_of_its_own_is_refused(encoding: str) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    part = f'<?xml version="1.0" encoding="{encoding}"?>{laughs}'.encode(encoding)
    with pytest.raises(NotReadable, match="what no workbook needs"):
        read(repacked(workbook(["id"], [1]), "xl/worksheets/sheet1.xml", part))


def test_a_broken_workbook_is_told() -> None:
    broken = repacked(workbook(["id"], [1]), "xl/workbook.xml", b"<workbook")
    with pytest.raises(NotReadable, match="cannot be read"):
        read(broken)


# --- Headings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headings",
    [
        "Employee ID,First Name,Last Name,Job Title,Department,E-Mail,Phone,Mobile,Manager",
        "Personalnummer,Vorname,Nachname,Funktion,Abteilung,E-Mail,Telefon,Handy,Vorgesetzter",
        "Matricule,Prénom,Nom,Fonction,Service,Courriel,Téléphone,Portable,Responsable",
        "Número de empleado,Nombre,Apellidos,Puesto,Departamento,Correo,Teléfono,Móvil,Jefe",
        "社員番号,名,姓,役職,部署,メール,電話番号,携帯電話,上司",
        "objectGUID,givenName,sn,title,department,mail,telephoneNumber,mobile,manager",
    ],
    ids=["en", "de", "fr", "es", "ja", "ad"],
)
def test_headings_are_understood_in_several_languages(headings: str) -> None:
    assert list(fields.guess(headings.split(",")).values()) == [
        "external_id", "given_name", "family_name", "title", "department", "email", "number work",
        "number mobile", "manager",
    ]  # fmt: skip


def test_what_was_said_the_last_time_counts_more_than_a_guess() -> None:
    saved = {"Code": "external_id", "Phone": "", "Old": "title"}
    found = mapping.chosen(saved, ["Code", "id", "Phone", "Name"])
    assert found == {"Code": "external_id", "Name": "name"}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"a": "name"}, "which column holds the id"),
        ({"a": "external_id"}, "which column holds the name"),
        ({"a": "external_id", "b": "name", "c": "given_name"}, "not both"),
        ({"a": "external_id", "b": "name", "c": "name"}, "cannot both be"),
        ({"a": "external_id", "b": "name", "z": "title"}, "is not in the file"),
        ({"a": "external_id", "b": "name", "c": "manager", "d": "manager_email"}, "one way only"),
    ],
    ids=["id", "name", "whole", "twice", "absent", "managers"],
)
def test_a_mapping_that_cannot_be_used_says_why(said: dict[str, str], why: str) -> None:
    with pytest.raises(mapping.NotAMapping, match=why):
        mapping.read(said, columns=["a", "b", "c", "d"])
