"""A sheet of paper measured in pixels: words, lines and marks on it, and the PNG that it makes.

All that knows matplotlib is here, and imports it when a sheet is made and not before: that takes a second and 40 MB.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

DPI = 200
LEADING = 1.3
"""From one line to the next, as a multiple of the size of type."""

_FAMILY = "DejaVu Sans"
"""Comes with matplotlib, so that pictures are the same everywhere."""
_COLOURS_IN_FILE = 64
"""A palette of so many makes the file a quarter of its size, and nobody sees it in flat colours."""


class Run(NamedTuple):
    """Words in one style."""

    text: str
    colour: str
    is_bold: bool = False


class Sheet:
    """Filled from the top; *y* is the pixel where it goes on. Positions count from the upper left corner."""

    def __init__(self, width: int, margin: int, background: str) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.width = width
        self.margin = margin
        self.background = background
        self.y = float(margin)
        self._figure = Figure(dpi=DPI, facecolor=background)
        self._canvas = FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._renderer = self._canvas.get_renderer()

    @property
    def room(self) -> int:
        """The pixels between the margins."""
        return self.width - 2 * self.margin

    def png(self, height: int) -> bytes:
        """The image, cut at *height*: the same bytes for the same sheet."""
        from PIL import Image

        self._figure.set_size_inches(self.width / DPI, height / DPI)
        self._axes.set(xlim=(0, self.width), ylim=(height, 0))
        self._axes.set_axis_off()
        self._canvas.draw()
        drawn = Image.frombuffer("RGBA", self._canvas.get_width_height(), bytes(self._canvas.buffer_rgba()))
        image = io.BytesIO()
        drawn.convert("RGB").quantize(_COLOURS_IN_FILE, dither=Image.Dither.NONE).save(image, "PNG", optimize=True)
        return image.getvalue()

    # -- words

    def measure(self, run: Run, size: float) -> float:
        """How many pixels wide *run* is."""
        from matplotlib.font_manager import FontProperties

        font = FontProperties(family=_FAMILY, weight=_weight(run), size=points(size))
        return self._renderer.get_text_width_height_descent(run.text, font, False)[0]

    def put(self, x: float, baseline: float, run: Run, size: float) -> None:
        """Set *run* in one line from *x* on."""
        style: dict[str, Any] = {"color": run.colour, "fontsize": points(size), "fontfamily": _FAMILY}
        # Dollar signs are money here and not formulas.
        self._axes.text(x, baseline, run.text, fontweight=_weight(run), parse_math=False, zorder=5, **style)

    def paragraph(self, run: Run, size: float, most: int) -> None:
        """Set *run* in at most *most* lines; an ellipsis stands for the rest."""
        lines = self._broken(run, size)
        if len(lines) > most:
            lines[most - 1] = lines[most - 1]._replace(text=lines[most - 1].text[:-2].rstrip() + " …")
        for line in lines[:most]:
            self.y += size
            self.put(self.margin, self.y, line, size)
            self.y += size * (LEADING - 1)

    def pieces(self, pieces: Sequence[Run], size: float, between: Run) -> None:
        """Set *pieces* one after the other with *between* where no line ends; one that fits a line is not broken."""
        space = self.measure(Run("n n", ""), size) - self.measure(Run("nn", ""), size)
        gap = self.measure(between, size) + 2 * space
        x = 0.0
        self.y += size
        for piece in (part for whole in pieces for part in self._broken(whole, size)):
            width = self.measure(piece, size)
            if x and x + gap + width > self.room:
                x = 0.0
                self.y += size * LEADING
            elif x:
                self.put(self.margin + x + space, self.y, between, size)
                x += gap
            self.put(self.margin + x, self.y, piece, size)
            x += width
        self.y += size * (LEADING - 1)

    def _broken(self, run: Run, size: float) -> list[Run]:
        """*run* in parts that fit a line each, broken between words."""
        lines: list[str] = []
        for word in run.text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.measure(run._replace(text=longer), size) <= self.room:
                lines[-1] = longer
            else:
                lines.append(word)
        return [run._replace(text=line) for line in lines]

    # -- ink

    def line(
        self, xs: tuple[float, float], ys: tuple[float, float], colour: str, width: float, *, behind: bool = False
    ) -> None:
        """A line *width* pixels wide between two points; *behind* the other ink if so."""
        style: dict[str, Any] = {"color": colour, "linewidth": points(width), "zorder": 1 if behind else 3}
        self._axes.plot(xs, ys, solid_capstyle="butt", **style)

    def mark(self, x: float, y: float, shape: str, size: float, colour: str, *, is_hollow: bool = False) -> None:
        """One of matplotlib's markers, *size* pixels high."""
        style: dict[str, Any] = {"markeredgecolor": colour, "markeredgewidth": points(5) if is_hollow else 0}
        inside = self.background if is_hollow else colour
        self._axes.plot([x], [y], marker=shape, markersize=points(size), markerfacecolor=inside, zorder=4, **style)


def points(pixels: float) -> float:
    """Matplotlib measures type and lines in points."""
    return pixels * 72 / DPI


def _weight(run: Run) -> str:
    return "bold" if run.is_bold else "normal"
