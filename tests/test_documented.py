"""Every command, option, setting and environment variable is documented where a stranger looks."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from ui.cli.main import app
from ui.visit import hosting

ROOT = Path(__file__).parent.parent
HOSTING = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]
VARIABLE = re.compile(r"""(?:environ(?:\.get)?|getenv)[\[(]\s*["']([A-Z_]+)["']""")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_says_in_both_languages_what_it_and_each_option_does(name: str) -> None:
    command = COMMANDS[name]
    assert " / " in (command.help or "").replace("\n", " "), f"{name}: help in Dutch / English"
    for one in command.params:
        if one.name not in ("help", "lang", "form"):
            assert getattr(one, "help", None), f"{name}: {one.name} has no help"
    documented = "\n".join(path.read_text(encoding="utf-8") for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")))
    assert re.search(rf"dialoogwijzer {name}\b|`{name}\b", documented), f"{name} stands in no README or guide"


def test_every_variable_of_the_environment_is_documented() -> None:
    files = [path for room in ("knowledge", "rules", "assessment", "ui") for path in (ROOT / room).rglob("*.py")]
    found = {name for path in files for name in VARIABLE.findall(path.read_text(encoding="utf-8"))}
    assert found >= {"DATABASE_URL", "DIALOOGWIJZER_DATA"}, "the search no longer finds them"
    assert {name for name in found if f"`{name}`" not in HOSTING} == set()


def test_every_setting_of_the_login_is_documented() -> None:
    code = (ROOT / "ui" / "visit" / "hosting.py").read_text(encoding="utf-8")
    asked = {
        *hosting.NEEDED,
        *re.findall(r'(?:settings\(\)|auth)\.get\("([a-z_]+)"', code),
        "user_claim",
        hosting.VERIFIED,
    }
    assert {name for name in asked if not re.search(rf"^{name} = ", HOSTING, re.MULTILINE)} == set()
