"""Portraits are small, differ from each other, and stay the same."""

from io import BytesIO

from PIL import Image

from clicktodial.demo import portraits
from directory import photos


def test_the_same_seed_draws_the_same_portrait():
    assert portraits.draw("A1001") == portraits.draw("A1001")


def test_everybody_looks_different():
    assert len({portraits.draw(f"A{number}") for number in range(40)}) == 40


def test_a_portrait_is_a_small_square():
    drawn = portraits.draw("A1001")

    with Image.open(BytesIO(drawn)) as image:
        assert image.size == (portraits.SIDE, portraits.SIDE)
    assert len(drawn) < 30_000


def test_the_directory_takes_it_as_a_photo():
    assert photos.prepare(BytesIO(portraits.draw("A1001"))).side == portraits.SIDE
