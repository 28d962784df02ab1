"""What an import can fill in, and under which headings it is usually found."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from directory.models import Number, Person
from directory.search.terms import fold

TEXTS = (
    "given_name", "family_name", "preferred_name", "pronunciation", "title", "room", "email",
    "cucm_user_id", "about", "languages", "working_hours",
)  # fmt: skip
"""Columns of Person that take a text as it stands."""
PLACES = {
    "department": _("department, or its path"),
    "department_code": _("department’s code"),
    "department_parent": _("department’s own department"),
    "location": _("location"),
    "location_code": _("location’s code"),
    "location_city": _("location’s town"),
    "location_country": _("location’s country"),
}
MANAGERS = {
    "manager": ("external_id", _("manager, by id")),
    "manager_email": ("email", _("manager, by email")),
    "manager_user": ("cucm_user_id", _("manager, by Unified CM user id")),
}
"""How a manager is named: the column of the manager that stands there."""
NUMBER = "number "
"""What stands before the kind of a number; several columns may hold numbers of one kind."""

# German, French, Spanish, Italian, Japanese beside English; as Personnel, Active Directory and
# Unified CM write them. Each is folded, so that case, accents and signs do not count.
_HEADINGS: dict[str, str] = {
    "external_id": "id, external id, employee id, employee number, employee no, employeeid, "
    "employeenumber, personnel number, staff id, person id, objectguid, guid, personalnummer, "
    "mitarbeiternummer, pers nr, persnr, ma nr, matricule, numero d employe, id employe, "
    "numero de empleado, id empleado, legajo, matricola, 社員番号, 従業員番号",
    "name": "name, full name, display name, displayname, cn, vollstandiger name, nom complet, "
    "nombre completo, nome completo, 氏名, 名前",
    "given_name": "given name, givenname, first name, firstname, forename, vorname, prenom, "
    "nombre, nome, 名",
    "family_name": "family name, familyname, last name, lastname, surname, sn, nachname, "
    "familienname, nom, nom de famille, apellido, apellidos, cognome, 姓",
    "preferred_name": "preferred name, nickname, known as, rufname, prenom usuel, "
    "nombre preferido, 通称",
    "pronunciation": "pronunciation, aussprache, prononciation, pronunciacion, フリガナ, 読み方",
    "title": "title, job title, jobtitle, position, role, titel, funktion, stelle, fonction, "
    "poste, titre, cargo, puesto, mansione, 役職, 職位",
    "room": "room, office room, physicaldeliveryofficename, raum, buro, zimmer, bureau, salle, "
    "sala, despacho, stanza, 部屋",
    "email": "email, e mail, mail, email address, e mail adresse, emailadresse, courriel, "
    "adresse e mail, correo, correo electronico, posta elettronica, メール, メールアドレス",
    "cucm_user_id": "unified cm user id, cucm user id, user id, userid, username, login, "
    "samaccountname, uid, benutzer, benutzername, kurzzeichen, identifiant, usuario, utente, "
    "ユーザーid",
    "about": "about, description, notes, beschreibung, bemerkung, description, a propos, "
    "descripcion",
    "languages": "languages, sprachen, langues, idiomas, lingue, 言語",
    "working_hours": "working hours, arbeitszeit, arbeitszeiten, horaire, horario",
    "department": "department, dept, division, unit, organisation unit, abteilung, bereich, "
    "org einheit, organisationseinheit, departement, service, departamento, reparto, 部署, 部門",
    "department_code": "department code, department number, departmentnumber, cost centre, "
    "cost center, kostenstelle, abteilungsnummer, centre de cout, centro de coste, 部署コード",
    "department_parent": "parent department, department parent, ubergeordnete abteilung, "
    "departement parent, departamento superior",
    "location": "location, site, building, office, standort, gebaude, lieu, site, emplacement, "
    "ubicacion, sede, 勤務地, 拠点",
    "location_code": "location code, site code, standortcode, code lieu, codigo de sede",
    "location_city": "city, town, l, ort, stadt, ville, ciudad, citta, 市区町村",
    "location_country": "country, country code, c, land, pays, pais, paese, 国",
    "manager": "manager, manager id, manager number, supervisor, supervisor id, reports to, "
    "vorgesetzter, vorgesetzte, vorgesetzter id, leiter, responsable, superieur, jefe, "
    "responsabile, 上司, 上司番号",
    "manager_email": "manager email, manager mail, supervisor email, e mail vorgesetzter, "
    "email responsable, correo del jefe",
    "manager_user": "manager user id, manager userid, manager login",
    "photo": "photo, picture, photo file, foto, bild, image, imagen, 写真",
    "number work": "work, work phone, phone, telephone, telephone number, telephonenumber, "
    "business phone, office phone, phone number, direct line, telefon, telefonnummer, tel, "
    "geschaftlich, direktwahl, telefon geschaft, telephone, telephone professionnel, tel prof, "
    "telefono, telefono trabajo, 電話, 電話番号, 会社電話",
    "number mobile": "mobile, mobile phone, cell, cell phone, cellphone, mobil, mobiltelefon, "
    "handy, natel, portable, mobile professionnel, telephone portable, movil, celular, cellulare, "
    "携帯, 携帯電話",
    "number extension": "extension, ext, ipphone, internal, internal number, intern, durchwahl, "
    "nebenstelle, interne, numero interne, extension interna, interno, 内線, 内線番号",
    "number main": "main number, switchboard, reception, zentrale, hauptnummer, standard, "
    "centralita, 代表, 代表電話",
    "number home": "home, home phone, homephone, private phone, privat, telefon privat, domicile, "
    "casa, 自宅電話",
    "number assistant": "assistant phone, assistant, assistent, sekretariat, assistante, "
    "secretariat, asistente",
    "number fax": "fax, fax number, facsimiletelephonenumber, telefax, telecopie, ファックス",
    "number other": "other phone, othertelephone, other number, weitere nummer, autre telephone, "
    "otro telefono",
}
_BY_HEADING = {
    fold(heading): field for field, words in _HEADINGS.items() for heading in words.split(", ")
}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing an import can fill in; `several` may stand in more than one column."""

    name: str
    title: Any
    several: bool = False


def _fields() -> Iterable[Field]:
    yield Field("external_id", _("id at its source"))
    yield Field("name", _("whole name"))
    for name in TEXTS:
        yield Field(name, Person._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    yield from (Field(name, title) for name, title in PLACES.items())
    yield from (Field(name, title) for name, (_column, title) in MANAGERS.items())
    for kind in Number.Kind:
        yield Field(f"{NUMBER}{kind.value}", _Kind(kind), several=True)
    yield Field("photo", _("photo’s file name"))


class _Kind:
    """A kind of number as people read it, in the language of the moment."""

    def __init__(self, kind: Number.Kind) -> None:
        self._kind = kind

    def __str__(self) -> str:
        return str(_("number: %(kind)s")) % {"kind": self._kind.label}


ALL = {field.name: field for field in _fields()}


def guess(columns: Iterable[str]) -> dict[str, str]:
    """For each heading that is understood what it holds; each thing once, unless it may be more."""
    found: dict[str, str] = {}
    for column in columns:
        field = _BY_HEADING.get(fold(column)) or _BY_HEADING.get(fold(column).rstrip(" 0123456789"))
        if field and (ALL[field].several or field not in found.values()):
            found[column] = field
    return found
