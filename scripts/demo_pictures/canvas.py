"""A canvas in picture units (1600 wide, 1067 high), drawn twice as large and scaled down for clean edges."""

import math
from collections.abc import Sequence
from random import Random

from PIL import Image, ImageColor, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1067
SCALE = 2

Point = tuple[float, float]
Paint = str | tuple[str, str]  # a colour, or the upper and the lower colour of a gradient


class Canvas:
    """Shapes painted over each other. `alpha` is the opacity, 0 to 1; a gradient runs over the shape's own height."""

    def __init__(self, sky: Paint, seed: int = 1) -> None:
        self.random = Random(seed)  # noqa: S311 - decoration, and the same on every run
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE))
        self.rectangle(0, 0, WIDTH, HEIGHT, sky)

    def polygon(self, points: Sequence[Point], paint: Paint, alpha: float = 1) -> None:
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self._shape(lambda pen, fill: pen.polygon(scaled, fill), _box(scaled), paint, alpha)

    def rectangle(
        self, x: float, y: float, w: float, h: float, paint: Paint, alpha: float = 1, radius: float = 0
    ) -> None:
        box = (x * SCALE, y * SCALE, (x + w) * SCALE - 1, (y + h) * SCALE - 1)
        self._shape(lambda pen, fill: pen.rounded_rectangle(box, radius * SCALE, fill), box, paint, alpha)

    def ellipse(self, x: float, y: float, rx: float, ry: float, paint: Paint, alpha: float = 1) -> None:
        box = ((x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE)
        self._shape(lambda pen, fill: pen.ellipse(box, fill), box, paint, alpha)

    def circle(self, x: float, y: float, r: float, paint: Paint, alpha: float = 1) -> None:
        self.ellipse(x, y, r, r, paint, alpha)

    def line(self, points: Sequence[Point], width: float, colour: str, alpha: float = 1) -> None:
        """A stroke with round ends and joints."""
        pen = ImageDraw.Draw(self.image, "RGBA")
        fill = (*ImageColor.getrgb(colour), round(alpha * 255))
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        pen.line(scaled, fill, round(width * SCALE), joint="curve")
        if alpha == 1:
            r = width * SCALE / 2
            for x, y in (scaled[0], scaled[-1]):
                pen.ellipse((x - r, y - r, x + r, y + r), fill)

    def glow(self, x: float, y: float, radius: float, colour: str, strength: float = 0.6) -> None:
        """Light that fades out around a point."""
        small = Image.new("L", (WIDTH // 4, HEIGHT // 4))
        core = [(x - radius / 2) / 4, (y - radius / 2) / 4, (x + radius / 2) / 4, (y + radius / 2) / 4]
        ImageDraw.Draw(small).ellipse(core, fill=round(255 * strength))
        mask = small.filter(ImageFilter.GaussianBlur(radius / 10)).resize(self.image.size, Image.Resampling.BICUBIC)
        self.image.paste(Image.new("RGB", self.image.size, colour), mask=mask)

    def ridge(self, base: float, height: float, paint: Paint, roughness: float = 1, alpha: float = 1) -> None:
        """A range of hills across the picture; `base` is their mean level, `height` how far they swing."""
        waves = [
            (self.random.uniform(0.6, 1.4) * n, self.random.uniform(0, 6.3), 1 / n**1.15) for n in (1, 2, 3, 5, 9, 17)
        ]
        level = [
            (x, base - height * sum(a * math.sin(f * roughness * x / 260 + p) for f, p, a in waves) / 2)
            for x in range(0, WIDTH + 8, 8)
        ]
        self.polygon([(0, HEIGHT), *level, (WIDTH, HEIGHT)], paint, alpha)

    def star(self, x: float, y: float, r: float, paint: Paint = "#ffd23f") -> None:
        tips = [(math.tau * i / 10 - math.tau / 4, r if i % 2 == 0 else r * 0.382) for i in range(10)]
        self.polygon([(x + d * math.cos(a), y + d * math.sin(a)) for a, d in tips], paint)

    def finished(self) -> Image.Image:
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)

    def _shape(self, draw, box, paint: Paint, alpha: float) -> None:
        if isinstance(paint, str):
            draw(ImageDraw.Draw(self.image, "RGBA"), (*ImageColor.getrgb(paint), round(alpha * 255)))
            return
        mask = Image.new("L", self.image.size)
        draw(ImageDraw.Draw(mask), round(alpha * 255))
        left, top, right, bottom = (round(edge) for edge in box)
        gradient = _gradient(*paint, max(1, bottom - top + 1)).resize(
            (max(1, right - left + 1), max(1, bottom - top + 1))
        )
        whole = Image.new("RGB", self.image.size)
        whole.paste(gradient, (left, top))
        self.image.paste(whole, mask=mask)


def _box(points: Sequence[Point]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _gradient(upper: str, lower: str, height: int) -> Image.Image:
    column = Image.new("RGB", (1, height))
    ends = ImageColor.getrgb(upper), ImageColor.getrgb(lower)
    for y in range(height):
        part = y / max(1, height - 1)
        column.putpixel((0, y), tuple(round(a + (b - a) * part) for a, b in zip(*ends, strict=True)))
    return column


def mix(first: str, second: str, part: float) -> str:
    """The colour that lies `part` (0 to 1) of the way from `first` to `second`."""
    pairs = zip(ImageColor.getrgb(first), ImageColor.getrgb(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)
