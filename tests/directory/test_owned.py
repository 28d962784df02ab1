from directory import owned
from tests.directory.conftest import Company


def test_what_a_person_keeps_is_told_to_imports(company: Company) -> None:
    anna, bo = company.add("Anna", "Frei"), company.add("Bo", "Li")
    owned.keep(anna, fields=["about", "mobile", "external_id"])
    owned.keep(anna, fields=["about"])
    assert owned.fields_of(anna) == {"about", "mobile"}
    assert owned.fields_of(bo) == frozenset()
    assert owned.fields_of_all([anna.pk, bo.pk]) == {anna.pk: {"about", "mobile"}}
    owned.let_go(anna, fields=["mobile"])
    assert owned.fields_of(anna) == {"about"}
