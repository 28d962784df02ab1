"""Every country that has telephone numbers has a name in each language of the site."""

import phonenumbers
import pytest
from django.conf import settings

from clicktodial.dialplan import countries


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_no_country_is_without_a_name(language):
    names = {
        region: countries.name_of(region, language=language)
        for region in phonenumbers.SUPPORTED_REGIONS
    }
    assert all(names.values())
    assert len(set(names.values())) == len(names)


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Switzerland"), ("de", "Schweiz"), ("ja", "スイス"), ("xx", "Switzerland")],
)
def test_a_name_comes_in_the_language_asked_for_or_in_english(language, name):
    assert countries.name_of("CH", language=language) == name


def test_what_is_no_country_has_no_name():
    assert [countries.name_of(each, language="de") for each in ("", "ZZ", "#")] == ["", "", ""]
