"""Every place in the code where something is kept is listed here with whose it is; a place that is new fails."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import assessment
import knowledge
import ui

FOLDERS = tuple(Path(str(one.__file__)).parent for one in (assessment, knowledge, ui))
WRITING = {"write_text", "write_bytes", "touch", "mkdir", "rename", "copyfileobj", "copyfile", "symlink_to",
           "mkstemp", "mkdtemp", "TemporaryDirectory", "NamedTemporaryFile", "TemporaryFile",
           "private_file", "private_folder", "scratch"}  # fmt: skip
REMEMBERING = {"cache_resource", "cache_data", "lru_cache"}

STORE = "the database; its tables have owners (test_owners)"
ASKED = "the file that its reader asked for, where they asked for it"
ALONE = "temporary, for the request of one reader, and gone with it"
RUNS_IT = "copies of everything, for whoever runs it; refused to users (test_roles)"
FILES = {
    "assessment/answers/export.py": ASKED,
    "assessment/portfolio/read/uploads.py": ALONE,
    "assessment/portfolio/write/empty.py": ASKED,
    "assessment/portfolio/write/results.py": ASKED,
    "assessment/sheets/writers/word/reference.py": "in memory: the document of one reader",
    "assessment/sheets/writers/typesetting.py": "temporary: copies of fonts, and nothing that anybody wrote",
    "assessment/store/copies.py": RUNS_IT,
    "assessment/store/copying.py": RUNS_IT,
    "assessment/store/database.py": STORE,
    "assessment/store/migration.py": RUNS_IT,
    "knowledge/private.py": "for whoever calls it, who is listed here as well",
    "ui/cli/keep.py": ASKED,
    "ui/cli/options.py": ASKED,
    "ui/cli/own_table.py": ASKED,
    "ui/cli/portfolio.py": ASKED,
    "ui/screens/home/data_page.py": RUNS_IT,
    "ui/server/visitors.py": "a key of the program itself, which tells nothing about anybody",
}
MEMORY = {
    "assessment/anonymity/folding.py:_patterns": "spellings of words, which nobody can ask for without the word",
    "assessment/anonymity/folding.py:key": "spellings of words, which nobody can ask for without the word",
    "assessment/anonymity/patterns.py:rows_of": "our own rows of words",
    "assessment/anonymity/words.py:is_name": "what a word is, which nobody can ask for without the word",
    "assessment/anonymity/words.py:is_slip": "what a word is, which nobody can ask for without the word",
    "assessment/anonymity/words.py:is_word": "what a word is, which nobody can ask for without the word",
    "assessment/portfolio/read/grid.py:wrong_width": "a fixed message, by the numbers in it",
    "assessment/portfolio/read/spreadsheet.py:_is_percentage": "by the form of a number, as 0%; a few at a time",
    "assessment/sheets/writers/fallback.py:_characters": "what a font can show, by its file",
    "assessment/sheets/writers/fallback.py:fallback": "fonts, by the letters that they must show",
    "ui/parts/at_once.py:_verdicts": "what answers mean, by the answers themselves: whoever has them may know it",
    "ui/parts/at_once.py:_telling": "the sentences that go with them: the content alone",
    "ui/parts/what_if.py:_smallest_change": "by the answers themselves",
    "ui/screens/home/start_page.py:_example": "the advice on one of our own cases",
    "ui/screens/home/saved_list.py:_standing": "by ids that the list of the viewer gave",
    "ui/screens/trainer/remote.py:_offered": "by the case itself",
    "ui/screens/trainer/training.py:_groups": STORE,
    "ui/screens/trainer/training.py:_own_cases": STORE,
    "ui/screens/trainer/training.py:_played": "by the case itself",
    "ui/screens/trainer/training.py:guesses": "how many codes each voter tried",
    "ui/screens/trainer/training.py:joined": "which voters joined, by code",
    "assessment/sheets/look.py:_read": "the organisation's own look, by its file",
    "ui/parts/opened.py:_computed": "by the title and answers themselves",
    "ui/parts/question_card.py:_usable": "by the answers themselves",
    "ui/parts/question_parts.py:_MADE": "how the content is cut in parts, by its version",
    "ui/screens/answers/questions_page.py:_asked_with": "by the answers themselves",
    "ui/visit/invited.py:_settled": "by invitation and user",
    "ui/visit/session.py:_store": STORE,
}


def name_of(node: ast.expr) -> str:
    node = node.func if isinstance(node, ast.Call) else node
    return str(getattr(node, "attr", getattr(node, "id", "")))


def writes(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    given = [*node.args, *(one.value for one in node.keywords)]
    modes = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    opens = name_of(node) in ("open", "ZipFile") and any(mode[:1] in tuple("wax") and len(mode) < 4 for mode in modes)
    return opens or name_of(node) in WRITING


def remembered(tree: ast.Module) -> Iterator[str]:
    """Functions whose results stay in the process, and containers of a module or class that begin empty."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and REMEMBERING & set(map(name_of, node.decorator_list)):
            yield node.name
    for node in tree.body:
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        value = node.value
        empty = isinstance(value, ast.Dict | ast.List | ast.Set) and not list(ast.iter_child_nodes(value))[:1]
        empty = empty or (isinstance(value, ast.List) and not value.elts)
        built = isinstance(value, ast.Call) and not value.args and name_of(value) in ("dict", "list", "set", "deque")
        if empty or built:
            yield ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)


def found() -> tuple[set[str], set[str]]:
    files, memory = set(), set()
    for folder in FOLDERS:
        for file in folder.rglob("*.py"):
            place = file.relative_to(folder.parent).as_posix()
            tree = ast.parse(file.read_text(encoding="utf-8"))
            if any(map(writes, ast.walk(tree))):
                files.add(place)
            memory |= {f"{place}:{name}" for name in remembered(tree)}
    return files, memory


def test_every_place_where_something_is_kept_is_known_to_be_somebodys() -> None:
    files, memory = found()
    assert files == FILES.keys()
    assert memory == MEMORY.keys()


@pytest.mark.parametrize(
    "code", ["_seen: dict[str, str] = {}", "_all = []", "@lru_cache(9)\ndef f(x):\n    return x", "_last = dict()"]
)
def test_a_new_place_in_memory_would_be_found(code: str) -> None:
    assert len(list(remembered(ast.parse(code)))) == 1


@pytest.mark.parametrize("code", ["Path('x').write_text('')", "open('x', 'w')", "file.open(mode='ab')", "mkdtemp()"])
def test_a_new_file_would_be_found(code: str) -> None:
    assert any(map(writes, ast.walk(ast.parse(code))))
