"""Draws the PNG icons of the app after static/icons/mark.svg: a dial whose open quarter is the day. Run it by hand."""

from __future__ import annotations

import math
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parent.parent / "static" / "icons"
NIGHT, SAND, WHITE, NOTHING = "#0b0a08", "#e9d39d", "#ffffff", (0, 0, 0, 0)
OVER = 4  # drawn this many times larger, then scaled down: smooth edges
UNITS = 24  # the drawing's own grid
CORNER = 5
START, END = -120, 150  # degrees, clockwise from three o'clock: eleven round to eight


def main() -> None:
    """Write every icon the manifest and the page head name."""
    _save("icon-192", 192, corner=CORNER)
    _save("icon-512", 512, corner=CORNER)
    _save("icon-180", 180)  # iOS rounds it itself
    _save("maskable-512", 512, scale=0.78)  # the system may cut off all but the middle four fifths
    _save("badge-96", 96, ground=NOTHING, ink=WHITE, scale=1.25)  # Android's status bar uses the shape alone


def _save(
    name: str, size: int, *, corner: float = 0, scale: float = 1.0, ground: str | tuple[int, int, int, int] = NIGHT,
    ink: str = SAND,
) -> None:
    large = size * OVER
    image = Image.new("RGBA", (large, large), NOTHING)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, large - 1, large - 1), corner * large / UNITS, fill=ground)
    _mark(draw, large, scale, ink)
    image.resize((size, size), Image.Resampling.LANCZOS).quantize(64).save(FOLDER / f"{name}.png", optimize=True)


def _mark(draw: ImageDraw.ImageDraw, large: int, scale: float, ink: str) -> None:
    unit = large / UNITS * scale

    def at(x: float, y: float) -> tuple[float, float]:
        return large / 2 + (x - 12) * unit, large / 2 + (y - 12) * unit

    width = 2 * unit
    draw.arc((*at(4, 4), *at(20, 20)), START, END, fill=ink, width=round(width))
    draw.line([at(12, 12), at(16.33, 9.5)], fill=ink, width=round(width))
    ends = [(12 + 7 * math.cos(math.radians(turn)), 12 + 7 * math.sin(math.radians(turn))) for turn in (START, END)]
    for x, y in (at(*point) for point in (*ends, (12, 12), (16.33, 9.5))):
        draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=ink)


if __name__ == "__main__":
    main()
