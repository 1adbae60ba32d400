"""What we are made of: each version with its hashes, a bill of materials that says the same, and licences we allow."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

HERE = Path(__file__).parents[1]
PROJECT = tomllib.loads((HERE / "pyproject.toml").read_text("utf-8"))
BOM: dict[str, Any] = json.loads((HERE / "docs" / "bom.cdx.json").read_text("utf-8"))
RUNNING = ("engine", "postgres", "cluster", "hosted")
"""The extras that users install; the others are for who changes it."""


def pins(file: Path) -> dict[str, tuple[Requirement, list[str]]]:
    found = {}
    for one in file.read_text("utf-8").replace("\\\n", " ").splitlines():
        requirement, *hashes = re.split(r"\s+--hash=", one.strip())
        made = Requirement(requirement)
        found[canonicalize_name(made.name)] = (made, hashes)
    return found


PINS = pins(HERE / "constraints.txt")


def version(requirement: Requirement) -> str:
    (one,) = requirement.specifier
    assert one.operator == "=="
    return one.version


def wanted(*extras: str) -> dict[str, Requirement]:
    done = subprocess.run(
        [sys.executable, HERE / "setup" / "wanted.py", ",".join(extras)], capture_output=True, text=True, check=True
    )
    return {canonicalize_name(one.name): one for one in map(Requirement, done.stdout.splitlines())}


def test_every_file_that_is_fetched_has_a_hash() -> None:
    for requirement, hashes in (*PINS.values(), *pins(HERE / "setup" / "pip.txt").values()):
        assert version(requirement)
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), requirement.name
    assert pins(HERE / "setup" / "pip.txt")["setuptools"] == PINS["setuptools"]


def test_all_that_the_project_asks_for_is_pinned_to_what_it_allows() -> None:
    for name, requirement in wanted(*PROJECT["project"]["optional-dependencies"]).items():
        assert requirement.specifier.contains(version(PINS[name][0])), name


def test_nothing_is_installed_without_its_hash_but_the_project_itself() -> None:
    script = (HERE / "setup" / "prepare").read_text("utf-8")
    calls = re.findall(r"^.*\b(?:install|hashed) (?:-.*|\"\$@\".*)$", script, re.MULTILINE)
    open_ones = [one for one in calls if "--require-hashes" not in one and "hashed -" not in one]
    open_ones = [one for one in open_ones if "hashed --no-build-isolation" not in one and "apt-get" not in one]
    assert [one.strip() for one in open_ones] == [
        'install() { quietly "$env/bin/python" -m pip install "$@"; }',
        'install --no-deps --no-build-isolation --use-pep517 -e . || failed "pip could not install the project itself"',
    ]


def test_the_bill_of_materials_is_of_these_versions() -> None:
    listed = {canonicalize_name(one["name"]): one["version"] for one in BOM["components"]}
    assert BOM["bomFormat"] == "CycloneDX" and BOM["metadata"]["component"]["name"] == PROJECT["project"]["name"]
    assert listed.keys() >= wanted(*RUNNING).keys(), "make bom"
    pinned = {name: version(one) for name, (one, _) in {**PINS, **pins(HERE / "setup" / "pip.txt")}.items()}
    other = {name: one for name, one in listed.items() if name not in pinned or Version(pinned[name]) != Version(one)}
    assert other == {}, "make bom"
    assert not re.search(r"file:|/home/|/tmp/", json.dumps(BOM)), "nothing of the computer that it was made on"


def test_every_licence_of_what_users_install_is_on_the_list() -> None:
    allowed = {one.strip() for one in PROJECT["tool"]["pip-licenses"]["allow-only"].split(";")}
    rows = [
        [cell.strip() for cell in line.strip("| \n").split("|")]
        for line in (HERE / "docs" / "licences.md").read_text("utf-8").splitlines()[2:]
    ]
    assert {row[0]: row[2] for row in rows if row[2] not in allowed} == {}
    names = {canonicalize_name(row[0]): row[1] for row in rows}
    tools = {"pip", "setuptools", PROJECT["project"]["name"]}
    listed = {canonicalize_name(one["name"]): one["version"] for one in BOM["components"]}
    assert {name: one for name, one in names.items() if name not in tools} == {
        name: one for name, one in listed.items() if name not in tools
    }, "make bom"


def test_somebody_who_finds_a_hole_reads_how_to_tell_us() -> None:
    told = (HERE / "SECURITY.md").read_text("utf-8")
    assert all(
        f"## {one}" in told for one in ("Report a hole", "What you may rely on", "Who attacks", "What does not hold")
    )
    assert len(told.split()) < 1_100, "one page"
    named = re.findall(r"`(?:python -m )?((?:tests|benchmarks|docs)[/.][\w/.]*)`", told)
    places = [one if "/" in one else f"{one.replace('.', '/')}.py" for one in named]
    assert len(places) > 5 and all((HERE / one).exists() for one in places)
