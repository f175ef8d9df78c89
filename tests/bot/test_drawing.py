"""The picture itself: there, the right size, the same each time, and legible."""

from __future__ import annotations

import io
from dataclasses import fields, replace
from typing import Any

import pytest
from PIL import Image

from bot import charts, drawing
from bot.charts import Chart, Point
from knowledge.model import Bound, Series, Value
from tests.builders import a_fact, a_value, an_answer

BOUNDS: tuple[Bound, ...] = ("exact", "at_least", "more_than", "at_most", "fewer_than", "about", "range", "vague")


def a_chart(*values: str | Value, name: str = "Ships built", **fields: Any) -> Chart:
    """A chart of *values*, all of the same day; *fields* are those of each that is given by its amount."""
    facts = [
        a_fact(f"daily/{number}", series="built", value=a_value(value, **fields) if isinstance(value, str) else value)
        for number, value in enumerate(values)
    ]
    found = charts.of(an_answer(facts, series=[Series("built", name, "successive")]))
    assert found is not None
    return found


def image_of(chart: Chart) -> Image.Image:
    """What is drawn of it."""
    png = drawing.draw(chart)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(png) < 100_000
    return Image.open(io.BytesIO(png)).convert("RGB")


def test_a_picture_is_opaque_a_thousand_pixels_wide_and_not_blank() -> None:
    image = image_of(a_chart("1", "2", "3"))
    colours = {colour: count for count, colour in image.getcolors(2**24) or []}
    assert image.width == drawing.WIDTH_PX
    assert image.height >= drawing.LEAST_HEIGHT_PX
    assert image.getpixel((0, 0)) == rgb(drawing.BACKGROUND)
    assert 0.7 < colours[rgb(drawing.BACKGROUND)] / (image.width * image.height) < 0.98
    assert len(colours) > 8


def test_the_margin_stays_empty() -> None:
    """Nothing runs over the edge, however long a name, a label or a source is."""
    long = a_chart("1234567", "7654321", name="Ships " * 40, unit="gross register tons of wood " * 5, bound="more_than")
    image = image_of(long)
    edges = (image.crop((0, 0, 20, image.height)), image.crop((image.width - 20, 0, image.width, image.height)))
    assert [edge.getcolors() for edge in edges] == [[(20 * image.height, rgb(drawing.BACKGROUND))]] * 2


def test_drawn_twice_it_is_the_same() -> None:
    assert drawing.draw(a_chart("1", "2", "3")) == drawing.draw(a_chart("1", "2", "3"))


def test_bounds_and_contested_values_are_told_by_shape_alone() -> None:
    """Two tones, and the same words on all: no two pictures are the same."""
    whole = a_chart("4", "9")
    first, last = whole.points
    seen: dict[bytes, str] = {}
    for bound in ("exact", "at_least", "at_most", "about", "range"):
        for is_contested in (False, True):
            point = replace(first, bound=bound, low=2 if bound == "range" else 4, is_contested=is_contested)
            quiet = Wordless(**{field.name: getattr(point, field.name) for field in fields(point)})
            tones = image_of(replace(whole, points=(quiet, last))).convert("L").convert("1", dither=Image.Dither.NONE)
            shown = f"{bound}, contested: {is_contested}"
            assert seen.setdefault(tones.tobytes(), shown) == shown


class Wordless(Point):
    """A value that says nothing beside its label."""

    @property
    def words(self) -> tuple[str, ...]:
        """None."""
        return ("",)


@pytest.mark.parametrize("amounts", [("0", "0"), ("-5", "3"), ("0.25", "0.5"), ("1", "99000000000"), ("7",) * 12])
def test_whatever_the_numbers_are_they_are_drawn_with_every_bound(amounts: tuple[str, ...]) -> None:
    values = [a_value(amount, bound=bound) for amount in amounts for bound in BOUNDS if bound != "range"]
    values += [a_value("", low=amounts[0], high=amounts[-1], bound="range")]
    image_of(a_chart(*values))


def test_signs_of_formulas_are_shown_as_they_are() -> None:
    """A pair of dollar signs means a formula to matplotlib, and a broken one is an error."""
    image_of(a_chart("1", "2", name=r"From $5 to $\frac{6}"))


@pytest.mark.parametrize(
    ("colour", "least"),
    [(drawing.TEXT, 7), (drawing.QUIET, 7), (drawing.PREFERRED, 4.5), (drawing.CONTESTED, 4.5), (drawing.PLAIN, 4.5)],
)
def test_colours_stand_out(colour: str, least: float) -> None:
    """Contrast as in WCAG 2.2: 4.5 for text, 7 for small text that all should read."""
    assert contrast(colour, drawing.BACKGROUND) >= least


def contrast(one: str, other: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    parts = [value / 255 for value in rgb(colour)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def rgb(colour: str) -> tuple[int, int, int]:
    """`#2b2d31` as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:], 16)
