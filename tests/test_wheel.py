"""The wheel holds all that the program needs, and works outside the checkout on every Python that is here."""

import os
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("knowledge", "rules", "assessment", "ui")


def _pythons() -> list[str]:
    """Each Python from 3.11 to 3.14 that runs here; a name may lead to one that is not installed."""
    found = filter(None, (shutil.which(f"python3.{minor}") for minor in range(11, 15)))
    return [one for one in found if not subprocess.run([one, "-c", "import ensurepip"], capture_output=True).returncode]


def test_every_file_that_the_program_reads_goes_into_the_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["*"]
    tracked = subprocess.run(["git", "ls-files", *ROOMS], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    files = [Path(line) for line in tracked.splitlines()] or [
        path.relative_to(ROOT) for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file()
    ]
    data = [path for path in files if path.suffix not in (".py", ".pyc")]
    assert len(data) > 50
    left = [
        str(path) for path in data
        if not any(fnmatch(path.name, one) or fnmatch(f"{path.parent.name}/{path.name}", one) for one in patterns)
    ]  # fmt: skip
    assert left == [], "name their kind under package-data in pyproject.toml"


@pytest.mark.skipif(not os.environ.get("LONG"), reason="installs everything anew; in the long build")
@pytest.mark.parametrize("python", _pythons() if os.environ.get("LONG") else [sys.executable])
def test_the_wheel_works_outside_the_checkout(python: str, tmp_path: Path) -> None:
    def run(*command: str | Path) -> str:
        done = subprocess.run(
            [*map(str, command)], cwd=tmp_path, capture_output=True, text=True, env={"PATH": os.environ["PATH"],
            "HOME": str(tmp_path), "DIALOOGWIJZER_DATA": str(tmp_path / "data")}, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    source = tmp_path / "source"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".git", ".venv", "build", "*.egg-info", "__pycache__"))
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", tmp_path, source)
    (wheel,) = tmp_path.glob("*.whl")
    shutil.rmtree(source)
    run(python, "-m", "venv", tmp_path / "env")
    own = tmp_path / "env" / "bin"
    run(own / "python", "-m", "pip", "install", "--quiet", "--prefer-binary", wheel)
    assert run(own / "dialoogwijzer", "check", "--sets", "5").startswith("In order")
    assert run(own / "dialoogwijzer", "schema").startswith("{")
    run(own / "dialoogwijzer", "sheet", "company-b", "--for", "director", "-o", "page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    run(own / "dialoogwijzer", "backup", "copy.zip")
