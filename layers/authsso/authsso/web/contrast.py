"""Colours that can be read on each other (WCAG 2.2, 1.4.3 and "relative luminance")."""

from typing import Final

type Colour = tuple[int, int, int]

# AA for text of usual size.
ENOUGH: Final = 4.5
BLACK: Final[Colour] = (0, 0, 0)
WHITE: Final[Colour] = (255, 255, 255)
_STEPS: Final = 32


def parse(text: str) -> Colour:
    """Return the colour that `#rrggbb` spells."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def spelled(colour: Colour) -> str:
    """Return a colour as `#rrggbb`."""
    return "#" + "".join(f"{part:02x}" for part in colour)


def ratio(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def text_on(background: Colour) -> Colour:
    """Return black or white, whichever can be read better; one of them always has enough."""
    return max(WHITE, BLACK, key=lambda ink: ratio(ink, background))


def readable(colour: Colour, background: Colour) -> Colour:
    """Return the colour itself, or the nearest mix with black or white that can be read.

    Args:
        colour: As somebody chose it.
        background: What it will stand on.
    """
    ink = text_on(background)
    mixes = (_mixed(colour, ink, step / _STEPS) for step in range(_STEPS + 1))
    return next(mix for mix in mixes if ratio(mix, background) >= ENOUGH)


def _mixed(colour: Colour, ink: Colour, share: float) -> Colour:
    red, green, blue = (
        round(part + (end - part) * share) for part, end in zip(colour, ink, strict=True)
    )
    return red, green, blue


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB
