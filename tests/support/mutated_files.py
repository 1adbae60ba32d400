"""Files that were in order and no longer are, the same ones for the same number, and every reader that gets them."""

import csv
import io
import json
import random
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet
import yaml

from assessment.advice import advise
from assessment.answers.empty_file import write_empty
from assessment.answers.files import AnswerFileError, read
from assessment.model import Assessment
from assessment.portfolio.batches import TableError
from assessment.portfolio.run import run
from assessment.portfolio.summary import read_former
from assessment.portfolio.workers import Examining, in_this_process
from assessment.sheets.writers.word.lent import ReferenceDocumentError
from assessment.sheets.writers.word.reference import empty_copy
from assessment.store import Store, StoreError
from knowledge.base import CONTENT, knowledge_base
from knowledge.private import scratch
from rules.engine.inference import inference
from rules.model import rule_base
from rules.sampling import random_answers
from ui.parts.answer_upload import read_upload

LENGTHS = [b"\xff" * 4, b"\xff" * 8, b"\x7f\xff\xff\xff", b"\0" * 4]
PIECES = [
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\n", b"\t", b'"', b"'", b": ", b"- ", b"#", b"|",
    b"&a ", b"*a", b"<<: *a", b"!!python/object/apply:os.system [id]", b"!!binary ", b"%YAML 9.9\n", b"---\n", b"...\n",
    b"? ", b"{", b"}", b"[" * 60, b"{a: " * 60, b"- " * 60, b"9" * 400, b"1e999", b"-0", b"0x1f", b".nan",
    b"=cmd|' /C calc'!A0", b"../../../etc/passwd", b"<!ENTITY a '&a;'>", b"&amp;", b"\xe2\x80\xae",
    b"a" * 3000, b";" * 500, b"," * 3000, b"\n" * 3000, b"null", b"true", b"unknown", b"answers:", b"notes:", b"story:",
]  # fmt: skip


def _answers(seed: int) -> dict[str, object]:
    given = random_answers(knowledge_base(), random.Random(seed), share=0.5)
    return {key: list(answer) if isinstance(answer, tuple) else answer for key, answer in given.items()}


def _rows() -> list[dict[str, str]]:
    names = ["id", "title", *knowledge_base().questions]
    rows = [{key: ";".join(map(str, v)) if isinstance(v, list) else str(v) for key, v in _answers(seed).items()}
            for seed in range(6)]  # fmt: skip
    return [{name: row.get(name, f"row {number}" if name == "id" else "") for name in names}
            for number, row in enumerate(rows)]  # fmt: skip


@cache
def sound() -> dict[str, list[bytes]]:
    """Files in order, by what they are called at the end."""
    knowledge, rows = knowledge_base(), _rows()
    names = list(rows[0])
    written = [{"title": "x", "answers": _answers(seed), "notes": {next(iter(knowledge.questions)): "n"}}
               for seed in range(3)]  # fmt: skip
    yamls = [yaml.safe_dump(one, allow_unicode=True).encode() for one in written]
    yamls += [one.read_bytes() for one in sorted((CONTENT / "scenarios").glob("*.yaml"))[:3]]
    yamls.append(write_empty(knowledge).encode())
    assessment = Assessment(title="x", answers=written[0]["answers"], knowledge_version=knowledge.version)
    jsons = [advise(assessment, inference()).model_dump_json().encode(), json.dumps(written[0]).encode()]
    text = io.StringIO()
    table = csv.DictWriter(text, names)
    table.writeheader()
    table.writerows(rows)
    book = openpyxl.Workbook()
    book.active.append(names)
    for row in rows:
        book.active.append(list(row.values()))
    sheet, parquet = io.BytesIO(), io.BytesIO()
    book.save(sheet)
    pyarrow.parquet.write_table(pa.Table.from_pylist(rows), parquet)
    coded = io.BytesIO()
    pyarrow.parquet.write_table(pa.Table.from_pylist(rows), coded, compression="zstd", use_dictionary=False)
    return {
        ".yaml": yamls, ".json": jsons, ".csv": [text.getvalue().encode()], ".xlsx": [sheet.getvalue()],
        ".parquet": [parquet.getvalue(), coded.getvalue()],
    }  # fmt: skip


def mutated(number: int) -> tuple[str, bytes]:
    """The file of this number: how its name ends, and its content."""
    chance = random.Random(number)
    suffix = chance.choice([".yaml", ".yaml", ".json", ".csv", ".csv", ".xlsx", ".parquet"])
    content = chance.choice(sound()[suffix])
    if suffix == ".xlsx" and chance.random() < 0.7:  # what is inside, so that it comes through the unpacking
        return suffix, _repacked(content, chance)
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        content = _changed(content, chance)
    return suffix, content


def _changed(content: bytes, chance: random.Random) -> bytes:
    at, to = sorted((chance.randrange(len(content) + 1), chance.randrange(len(content) + 1)))
    to = min(to, at + chance.choice([1, 8, 200, 5000]))
    match chance.randrange(8):
        case 0:  # other bytes
            return (
                content[:at] + bytes(chance.randrange(256) for _ in range(chance.randrange(1, 9))) + content[at + 4 :]
            )
        case 1:  # one bit
            flipped = bytes([content[at] ^ (1 << chance.randrange(8))]) if at < len(content) else b""
            return content[:at] + flipped + content[at + 1 :]
        case 2:  # a part is gone
            return content[:at] + content[to:]
        case 3:  # a part stands there twice, or many times
            return content[:to] + content[at:to] * chance.choice([1, 1, 30]) + content[to:]
        case 4:  # the end is gone
            return content[: max(at, 1)]
        case 5:  # a number that says how long something is
            return (
                content[:at]
                + chance.choice([b"\xff" * 4, b"\xff" * 8, b"\x7f\xff\xff\xff", b"\0" * 4])
                + content[at + 4 :]
            )
        case _:
            return content[:at] + chance.choice(PIECES) + content[to if chance.random() < 0.5 else at :]


def _repacked(content: bytes, chance: random.Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as other:
        chosen = chance.choice(parts.namelist())
        for name in parts.namelist():
            part = parts.read(name)
            if name == chosen:
                if chance.random() < 0.1:
                    continue
                for _ in range(chance.choice([1, 2, 5])):
                    part = _changed(part or b"x", chance)
            other.writestr(name, part)
    return made.getvalue()


@cache
def _examining() -> Examining:
    return in_this_process(rule_base())


def _restored(path: Path) -> None:
    with scratch() as folder:
        store = Store(f"sqlite:///{folder / 'dialoogwijzer.sqlite'}")
        try:
            store.copies.restore(path)
        finally:
            store.close()


def readers(path: Path) -> dict[str, Callable[[], object]]:
    """What reads a file of this name, by its name. Each returns, or raises the error of its kind of file."""
    knowledge, beside = knowledge_base(), path.parent / "out"
    beside.mkdir(exist_ok=True)
    found: dict[str, Callable[[], object]] = {
        "portfolio": lambda: run(path, beside / "outcome.parquet", rule_base(), examining=_examining()),
    }
    if path.suffix == ".parquet":
        found["former portfolio"] = lambda: read_former(path)
    if path.suffix == ".docx":
        return {"a company's own Word document": lambda: empty_copy(path.read_bytes())}
    if path.suffix == ".zip":
        return {"backup": lambda: _restored(path)}
    if path.suffix in (".yaml", ".json", ".csv"):
        found["answer file"] = lambda: read(path, knowledge)
        found["upload"] = lambda: read_upload(path.name, path.read_bytes(), "nl")
    return found


def complaint(path: Path) -> str:
    """What is wrong with how some reader takes a file: another error than it may give, or one that is unclear."""
    before = path.read_bytes()
    for name, work in readers(path).items():
        told: tuple[str, ...] = ()
        refused = False
        try:
            work()
        except AnswerFileError as error:
            told, refused = error.problems, True
        except (TableError, ReferenceDocumentError, StoreError) as error:
            told, refused = (error.text.nl, error.text.en), True
        except Exception as error:
            return f"{name}: {type(error).__name__}: {error}"
        if refused and (not told or not all(told)):
            return f"{name}: says nothing"
        if any("\n" in line or len(line) > 2000 for line in told):
            return f"{name}: not one line: {told}"[:500]
        if refused and (path.parent / "out" / "outcome.parquet").exists():
            return f"{name}: refused, yet written"
        if [one.name for one in path.parent.iterdir() if one != path] != ["out"] or path.read_bytes() != before:
            return f"{name}: something was written"
        for made in (path.parent / "out").iterdir():
            if made.name not in ("outcome.parquet", "outcome.problems.csv"):
                return f"{name}: left {made.name}"
            made.unlink()
    return ""
