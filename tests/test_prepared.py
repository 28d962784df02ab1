import psycopg

from clicktodial.prepared import array_of
from tests import postgres

TEXTS = ["", "NULL", "a b", 'a "b"', "a\\b", '\\"', "{a,b}", "a,b", "'", "\n\t", "Zoë 山", None]


def test_postgresql_reads_every_text_and_number_of_an_array() -> None:
    with postgres.required() as url:
        place, name = url.split("@/")[1].rsplit("/", 1)
        with psycopg.connect(host=place, user="clicktodial", dbname=name) as database:
            ask = database.execute
            assert ask("SELECT %s::text[]", [array_of(TEXTS)]).fetchone() == (TEXTS,)
            assert ask("SELECT %s::bigint[]", [array_of([1, None, -(2**63)])]).fetchone() == (
                [1, None, -(2**63)],
            )
            assert ask("SELECT %s::boolean[]", [array_of([True, False])]).fetchone() == (
                [True, False],
            )
            assert ask("SELECT %s::int[]", [array_of([])]).fetchone() == ([],)
