"""What sheets look like: our colours, and an organisation's own name, logo and colour by a setting."""

import os
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from assessment.sheets.problem import SheetError
from knowledge.text import Frozen, Text
from knowledge.yaml_files import ContentError, parse, read_file

SETTING = "DIALOOGWIJZER_LOOK"
BRAND, DANGER, DANGER_SOFT, GREY, LINE = "#0b5d3b", "#a31621", "#fdecee", "#47534e", "#d5ddd9"
"""The tokens of the screen: red is danger to people only."""
NAME = "Dialoogwijzer"
LEAST_CONTRAST = 4.5
"""Of text on white and white on the colour: that of WCAG 2.2, level AA."""
LARGEST_LOGO = 1_000_000
LOGOS: Mapping[str, str] = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}

NOT_READ = Text(nl="{setting}: {file} kan niet worden gelezen: {why}", en="{setting}: {file} cannot be read: {why}")
BAD_LOGO = Text(
    nl="{setting}: het logo {file} is geen PNG of JPEG van hooguit 1 MB.",
    en="{setting}: the logo {file} is no PNG or JPEG of at most 1 MB.",
)
TOO_LIGHT = Text(
    nl="{setting}: de kleur {colour} is te licht. Met wit heeft zij een contrast van {contrast}; nodig is {least}.",
    en="{setting}: the colour {colour} is too light. With white its contrast is {contrast}; {least} is needed.",
)


class _Setting(Frozen):
    """The file that the setting names; a logo stands beside it."""

    name: str = Field(default=NAME, min_length=1, max_length=60)
    colour: str = Field(default=BRAND, pattern="^#[0-9a-fA-F]{6}$")
    logo: str | None = None


@dataclass(frozen=True)
class Look:
    """Whose sheet it is: the name in head and foot, the colour, and the logo with its type, if any."""

    name: str = NAME
    colour: str = BRAND
    logo: bytes = b""
    logo_type: str = ""

    @property
    def logo_address(self) -> str:
        """The logo as an address that holds it; empty without one."""
        return f"data:{self.logo_type};base64,{b64encode(self.logo).decode()}" if self.logo else ""


def look() -> Look:
    """The look of every sheet: ours, or that of the file that the setting names.

    Raises:
        SheetError: the file cannot be used; says why.
    """
    named = os.environ.get(SETTING, "").strip()
    if not named:
        return Look()
    file = Path(named)
    try:
        return _read(file, file.stat().st_mtime_ns)
    except OSError as error:
        raise SheetError(_filled(NOT_READ, file=file, why=error.strerror)) from None


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int) -> Look:
    try:
        setting: _Setting = parse(read_file(file, file.name), _Setting)
    except ContentError as error:
        raise SheetError(_filled(NOT_READ, file=file, why=error.problems[0])) from None
    if (found := contrast(setting.colour)) < LEAST_CONTRAST:
        values = {"contrast": f"{found:.1f}", "least": f"{LEAST_CONTRAST:.1f}"}
        raise SheetError(_filled(TOO_LIGHT, colour=setting.colour, **values))
    if setting.logo is None:
        return Look(setting.name, setting.colour)
    place = file.parent / setting.logo
    logo = place.read_bytes()
    kind = "image/png" if logo[:8] == b"\x89PNG\r\n\x1a\n" else "image/jpeg" if logo[6:10] in (b"JFIF", b"Exif") else ""
    if len(logo) > LARGEST_LOGO or not kind or LOGOS.get(place.suffix.lower()) != kind:
        raise SheetError(_filled(BAD_LOGO, file=place))
    return Look(setting.name, setting.colour, logo, kind)


def contrast(colour: str) -> float:
    """How a colour stands out against white, from 1 to 21 (WCAG)."""
    red, green, blue = (int(part, 16) / 255 for part in re.findall("[0-9a-fA-F]{2}", colour))
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in (red, green, blue)]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def _filled(text: Text, **values: object) -> Text:
    filled = {"setting": SETTING, **values}
    return Text(nl=text.nl.format(**filled), en=text.en.format(**filled))
