"""An organisation's own look: name, logo and colour on every form, and a colour that cannot be read refused."""

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.shared import Cm
from PIL import Image

from assessment.sheets.look import SETTING, contrast
from assessment.sheets.problem import SheetError
from assessment.sheets.purposes import write_sheet
from tests.support.pdf_reading import elements, read
from tests.support.sheet_dossiers import of_case


def setting(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    Image.new("RGB", (40, 20), "#123456").save(folder / "logo.png")
    (folder / "fake.png").write_bytes(b"<svg onload=alert(1)>")
    (folder / "look.yaml").write_text(text, "utf-8")
    monkeypatch.setenv(SETTING, str(folder / "look.yaml"))


def test_name_logo_and_colour_stand_on_every_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    setting(tmp_path, monkeypatch, "name: Steen BV\ncolour: '#123456'\nlogo: logo.png\n")
    pdf = read(write_sheet(of_case("company-b"), "director", "pdf", "nl"))
    assert "STEEN BV" in pdf.pages[0].extract_text() and "Dialoogwijzer" not in pdf.pages[0].extract_text()
    assert [str(one["/Alt"]) for kind, one in elements(pdf) if kind == "Figure"][:1] == ["Steen BV"]
    html = write_sheet(of_case("company-b"), "director", "html", "nl").decode()
    assert "--ink: #123456" in html and 'alt="Steen BV"' in html and "img-src data:" in html
    word = docx.Document(BytesIO(write_sheet(of_case("company-b"), "full", "docx", "nl")))
    assert word.paragraphs[0].text.startswith("Steen BV ·")
    assert str(word.styles["Title"].font.color.rgb) == "123456"
    assert [(one._inline.docPr.get("descr"), one.height) for one in word.inline_shapes][:1] == [("Steen BV", Cm(1.2))]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("colour: '#ffcc00'", "contrast"),
        ("colour: red", "colour"),
        ("logo: fake.png", "logo"),
        ("logo: ../../etc/none.png", "cannot be read"),
        ("nam: x", "nam"),
    ],
)
def test_a_look_that_cannot_be_used_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, why: str
) -> None:
    setting(tmp_path, monkeypatch, text)
    with pytest.raises(SheetError, match=why):
        write_sheet(of_case("company-b"), "director", "html", "nl")


def test_contrast_is_that_of_the_guidelines() -> None:
    assert round(contrast("#000000"), 1) == 21 and round(contrast("#ffffff"), 1) == 1
    assert round(contrast("#777777"), 2) == 4.48
