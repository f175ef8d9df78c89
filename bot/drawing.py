"""A chart as a picture: a column of values, each with its words above its bar and its number behind it. Pure.

Rows and not a time axis, since the dates of a series can lie years apart and then days; bars from zero, since a
length is read as an amount. Whatever a colour says, a shape and a word say as well.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from bot import texts, wording
from bot.charts import Chart, Point
from bot.sheet import Run, Sheet
from bot.texts import Texts

WIDTH_PX = 1000
LEAST_HEIGHT_PX = 420

BACKGROUND = "#2b2d31"
TEXT = "#f2f3f5"
QUIET = "#c3c7cf"
PLAIN = "#7cb0ff"
PREFERRED = "#ffc94d"
CONTESTED = "#d9a3ff"
FAINT = "#6b707c"
"""Light on dark grey, and opaque, so that the picture is legible and the same in Discord's dark and light themes."""

_MARGIN_PX = 44
_TITLE_PX, _TITLE_LINES = 46, 3
_UNIT_PX = 33
_WORDS_PX = 33
_LABEL_PX = 42
_TICK_PX = 27
_SMALL_PX, _SMALL_LINES = 27, 5
"""Sizes of type. A phone shows the picture at about 0.37 of its width, so that 27 are still 10 points there."""

_BAR_PX, _DASH_PX, _BETWEEN_DASHES_PX = 9, 15, 9
_STROKE_PX, _STROKE_REACH_PX = 6, 22
_DOT_PX, _DIAMOND_PX, _HEAD_PX = 28, 24, 22
_ARROW_PX = 36
_MARK_REACH_PX = 15
_LABEL_GAP_PX = 16
_BAR_SPACE_PX = 66
_ROW_GAP_PX = 20
_TICK_SPACE_PX = 170
"""Between two lines of the grid, so that their numbers never touch."""

_UPWARDS = ("at_least", "more_than")
_DOWNWARDS = ("at_most", "fewer_than")
_ROUGHLY = ("about", "vague")


def draw(chart: Chart) -> bytes:
    """The PNG file of *chart*, `WIDTH_PX` wide and as high as its values need; the same bytes for the same chart."""
    sheet = Sheet(WIDTH_PX, _MARGIN_PX, BACKGROUND)
    sheet.paragraph(Run(chart.title, TEXT, is_bold=True), _TITLE_PX, _TITLE_LINES)
    if chart.unit:
        sheet.paragraph(Run(chart.unit, QUIET), _UNIT_PX, 1)
    sheet.y += _ROW_GAP_PX
    scale = _scale(sheet, chart)
    ticks = _ticks(chart.whole or max(point.high for point in chart.points), scale)
    for point in chart.points:
        sheet.pieces([*_words(point)], _WORDS_PX, Run("·", QUIET))
        _bar(sheet, point, scale, ticks)
        sheet.y += _ROW_GAP_PX
    _numbers_below(sheet, scale, ticks, texts.of(chart.language))
    sheet.y += _ROW_GAP_PX
    for line in chart.small_print:
        sheet.paragraph(Run(line, QUIET), _SMALL_PX, _SMALL_LINES)
    return sheet.png(max(round(sheet.y) + _MARGIN_PX, LEAST_HEIGHT_PX))


def _words(point: Point) -> list[Run]:
    """The words of *point*: the date stands out, and what qualifies the value has the colour of its mark."""
    runs: list[Run] = []
    for number, words in enumerate(point.words):
        if words == point.rank and point.is_preferred:
            runs.append(Run(f"★ {words}", PREFERRED, is_bold=True))
        elif words in (point.rank, point.standing):
            runs.append(Run(words, CONTESTED if point.is_contested else TEXT, is_bold=True))
        else:
            runs.append(Run(words, QUIET if number else TEXT, is_bold=not number))
    return runs


def _scale(sheet: Sheet, chart: Chart) -> float:
    """Pixels per unit: as many as let every value be followed by its label."""
    scales = [sheet.room / chart.whole] if chart.whole else []
    for point in chart.points:
        taken = _MARK_REACH_PX + _LABEL_GAP_PX + sheet.measure(Run(point.label, TEXT, is_bold=True), _LABEL_PX)
        taken += _ARROW_PX if point.bound in _UPWARDS else 0
        if point.high > 0:
            scales.append((sheet.room - taken) / point.high)
    return max(0.0, min(scales, default=0.0))


def _ticks(most: float, scale: float) -> list[float]:
    """Round values from 0 to *most*, at least `_TICK_SPACE_PX` apart; whole ones unless all is below one."""
    if most <= 0 or scale <= 0:
        return [0.0]
    least = _TICK_SPACE_PX / scale
    power = 10.0 ** math.floor(math.log10(least))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least)
    if most >= 1:
        step = max(step, 1.0)
    return [step * number for number in range(int(most / step + 1e-9) + 1)]


def _bar(sheet: Sheet, point: Point, scale: float, ticks: Sequence[float]) -> None:
    y = sheet.y + _BAR_SPACE_PX / 2
    colour = PREFERRED if point.is_preferred else CONTESTED if point.is_contested else PLAIN
    low, high = (sheet.margin + scale * max(0.0, value) for value in (point.low, point.high))
    start = float(sheet.margin)
    dash, gap = (_DASH_PX, _BETWEEN_DASHES_PX) if point.is_contested else (low - start, 0)
    while start < low:
        sheet.line((start, min(low, start + dash)), (y, y), colour, _BAR_PX)
        start += dash + gap
    label = Run(point.label, TEXT, is_bold=True)
    left = _mark(sheet, point, low, high, y, colour) + _LABEL_GAP_PX
    sheet.put(left, y + _LABEL_PX * 0.36, label, _LABEL_PX)
    right = left + sheet.measure(label, _LABEL_PX)
    for value in ticks:
        x = sheet.margin + value * scale
        if not left - _LABEL_GAP_PX / 2 < x < right + _LABEL_GAP_PX / 2:
            sheet.line((x, x), (sheet.y, sheet.y + _BAR_SPACE_PX), FAINT, 2 if value else 4, behind=True)
    sheet.y += _BAR_SPACE_PX


def _mark(sheet: Sheet, point: Point, low: float, high: float, y: float, colour: str) -> float:
    """Put what ends the bar between the pixels *low* and *high*; returns the pixel where it ends itself.

    A dot is a value, and hollow about that value; a diamond is the same, contested; a block between two strokes is a
    range, and a stroke with an arrow all that lies beyond it.
    """
    direction = 1 if point.bound in _UPWARDS else -1 if point.bound in _DOWNWARDS else 0
    if low < high or direction:
        for x in {low, high}:
            sheet.line((x, x), (y - _STROKE_REACH_PX, y + _STROKE_REACH_PX), colour, _STROKE_PX)
    if low < high:
        sheet.line((low, high), (y, y), colour, 2 * _BAR_PX)
    elif direction:
        tip = high + direction * _ARROW_PX
        sheet.line((high, tip), (y, y), colour, _STROKE_PX)
        sheet.mark(tip, y, ">" if direction > 0 else "<", _HEAD_PX, colour)
        return max(tip, high) + _MARK_REACH_PX
    else:
        shape, size = ("D", _DIAMOND_PX) if point.is_contested else ("o", _DOT_PX)
        sheet.mark(high, y, shape, size, colour, is_hollow=point.bound in _ROUGHLY)
    return high + _MARK_REACH_PX


def _numbers_below(sheet: Sheet, scale: float, ticks: Sequence[float], told: Texts) -> None:
    baseline = sheet.y + _TICK_PX - _ROW_GAP_PX
    for value in ticks:
        run = Run(wording.number(f"{value:.12g}", told), QUIET)
        width = sheet.measure(run, _TICK_PX)
        middle = sheet.margin + value * scale
        x = min(max(sheet.margin, middle - width / 2), sheet.width - sheet.margin - width)
        sheet.put(x, baseline, run, _TICK_PX)
    sheet.y = baseline
