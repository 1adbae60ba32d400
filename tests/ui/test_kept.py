"""Every place in the code where something is kept is listed here with whose it is; a place that is new fails."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import assessment
import knowledge
import ui

FOLDERS = tuple(Path(str(one.__file__)).parent for one in (assessment, knowledge, ui))
WRITING = {"write_text", "write_bytes", "touch", "mkdir", "makedirs", "rename", "symlink_to", "hardlink_to",
           "link", "symlink", "copyfileobj", "copyfile", "copy2", "copytree", "move", "make_archive", "fdopen",
           "mkstemp", "mkdtemp", "TemporaryDirectory", "NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile",
           "save", "dump", "to_csv", "to_excel", "to_parquet", "to_json", "to_pickle", "to_sql", "create_engine",
           "FileHandler", "RotatingFileHandler", "sink_parquet", "sink_csv", "write_parquet", "write_csv",
           "private_file", "private_folder", "scratch"}  # fmt: skip
MODULES = {"os": {"open", "replace"}, "shutil": {"copy"}, "sqlite3": {"connect"}, "shelve": {"open"}, "dbm": {"open"}}
"""Calls with a name that others have too, by the module that they stand behind."""
REMEMBERING = {"cache_resource", "cache_data", "lru_cache", "cache"}
CONTAINERS = {"deque", "local", "ContextVar", "defaultdict", "OrderedDict", "Counter", "Queue", "SimpleQueue",
              "WeakKeyDictionary", "WeakValueDictionary", "WeakSet", "bytearray", "StringIO", "BytesIO", "LRUCache",
              "TTLCache"}  # fmt: skip
COPIED = {"BaseModel", "Frozen"}
"""Classes that copy what their fields begin with."""

STORE = "the database; its tables have owners (test_owners)"
ASKED = "the file that its reader asked for, where they asked for it"
ALONE = "temporary, for the request of one reader, and gone with it"
RUNS_IT = "copies of everything, for whoever runs it; refused to users (test_roles)"
FILES = {
    "assessment/answers/export.py": ASKED,
    "assessment/portfolio/read/uploads.py": ALONE,
    "assessment/portfolio/write/empty.py": ASKED,
    "assessment/portfolio/write/results.py": ASKED,
    "assessment/sheets/writers/word/__init__.py": "in memory: the document of one reader",
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
    "ui/screens/share/members_page.py": STORE,
    "ui/visit/session.py": STORE,
    "ui/server/visitors.py": "a key of the program itself, which tells nothing about anybody",
}
MEMORY = {
    "assessment/anonymity/folding.py:_fold_character": "how a letter is spelled",
    "assessment/anonymity/folding.py:_patterns": "spellings of words, which nobody can ask for without the word",
    "assessment/anonymity/folding.py:key": "spellings of words, which nobody can ask for without the word",
    "assessment/anonymity/patterns.py:_rows": "our own rows of words",
    "assessment/anonymity/patterns.py:rows_of": "our own rows of words",
    "assessment/anonymity/vocabulary.py:phrases": "our own rows of words",
    "assessment/anonymity/words.py:_checker": "the words of a language",
    "assessment/anonymity/words.py:_often": "the words of a language",
    "assessment/anonymity/words.py:is_name": "what a word is, which nobody can ask for without the word",
    "assessment/anonymity/words.py:is_slip": "what a word is, which nobody can ask for without the word",
    "assessment/anonymity/words.py:is_word": "what a word is, which nobody can ask for without the word",
    "assessment/changes/smallest_change.py:what_if": "the rules alone",
    "assessment/portfolio/evaluation.py:_ready": "the rules alone",
    "assessment/portfolio/words.py:labels": "our own words, by language",
    "assessment/scoring.py:parts": "the rules alone",
    "assessment/sheets/words.py:labels": "our own words, by language",
    "assessment/store/tables.py:metadata": STORE,
    "knowledge/wording.py:_phrases": "our own words, by those of the situation",
    "knowledge/yaml_files.py:_shaped": "how we read YAML",
    "knowledge/yaml_files.py:_StrictLoader.yaml_implicit_resolvers": "how we read YAML",
    "assessment/portfolio/read/grid.py:wrong_width": "a fixed message, by the numbers in it",
    "assessment/portfolio/read/spreadsheet.py:_is_percentage": "by the form of a number, as 0%; a few at a time",
    "assessment/sheets/writers/fallback.py:_characters": "what a font can show, by its file",
    "assessment/sheets/writers/fallback.py:fallback": "fonts, by the letters that they must show",
    "ui/parts/at_once.py:_verdicts": "what answers mean, by the answers themselves: whoever has them may know it",
    "ui/parts/at_once.py:_telling": "the sentences that go with them: the content alone",
    "ui/parts/what_if.py:_smallest_change": "by the answers themselves",
    "ui/parts/knowledge_links.py:index": "our own words, by language",
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
    "ui/server/lan.py:_network": "at which address the room is served",
    "ui/server/logins.py:logins": "each of the user who has its token (test_logins)",
    "ui/server/windows.py:windows": "each of the visitor who opened it (test_budgets)",
    "ui/visit/invited.py:_lock": "nothing is in it",
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
    behind = getattr(node.func, "value", None)
    return opens or name_of(node) in WRITING | MODULES.get(getattr(behind, "id", ""), set())


def remembered(tree: ast.Module) -> Iterator[str]:
    """Functions whose results stay in the process, names that a function changes for all, and what a module or class
    has to put something in."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and REMEMBERING & set(map(name_of, node.decorator_list)):
            its = node.args
            if [*map(name_of, node.decorator_list)] != ["cache"] or its.args or its.vararg or its.kwonlyargs:
                yield node.name
        elif isinstance(node, ast.Global):
            yield from node.names
        elif isinstance(node, ast.ClassDef) and not COPIED & set(map(name_of, node.bases)):
            yield from (f"{node.name}.{one}" for one in filled_later(node.body))
    yield from filled_later(tree.body)


def filled_later(body: list[ast.stmt]) -> Iterator[str]:
    """Containers that begin empty, and objects that are made of nothing."""
    for node in body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and _is_filled_later(node.value):
            yield ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)


def _is_filled_later(value: ast.expr) -> bool:
    if isinstance(value, ast.Dict | ast.List | ast.Set):
        return not (value.keys if isinstance(value, ast.Dict) else value.elts)
    if not isinstance(value, ast.Call):
        return False
    name, bare = name_of(value), not (value.args or value.keywords)
    is_class = name.lstrip("_")[:1].isupper() and not isinstance(getattr(value.func, "value", None), ast.Call)
    return name in CONTAINERS or (bare and (name in ("dict", "list", "set") or is_class))


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
    "code",
    [
        "_seen: dict[str, str] = {}",
        "_all = []",
        "_last = dict()",
        "_later = deque(maxlen=9)",
        "_by = defaultdict(list)",
        "_order = OrderedDict()",
        "kept = Keeper()",
        "KEPT = _Keeper()",
        "mine = ContextVar('mine')",
        "class Keeper:\n    seen: dict[str, str] = {}",
        "class Keeper:\n    seen = set()",
        "@lru_cache(9)\ndef f(x):\n    return x",
        "@cache\ndef f(x):\n    return x",
        "@functools.cache\ndef f(*, x):\n    return x",
        "def f(x):\n    global last\n    last = x",
    ],
)
def test_a_new_place_in_memory_would_be_found(code: str) -> None:
    assert len(list(remembered(ast.parse(code)))) == 1


@pytest.mark.parametrize(
    "code",
    ["A = {1: 2}", "A = Text(nl='', en='')", "@cache\ndef f():\n    return 1", "class A(Frozen):\n    b: list = []"],
)
def test_what_is_the_same_for_everybody_is_no_place(code: str) -> None:
    assert not list(remembered(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "Path('x').write_text('')",
        "open('x', 'w')",
        "file.open(mode='ab')",
        "mkdtemp()",
        "os.open('x', os.O_CREAT)",
        "os.replace('x', 'y')",
        "os.makedirs('x')",
        "shutil.copy('x', 'y')",
        "shutil.move('x', 'y')",
        "sqlite3.connect('x')",
        "document.save('x')",
        "frame.to_csv('x')",
        "frame.write_parquet('x')",
        "json.dump(x, file)",
        "logging.FileHandler('x')",
        "create_engine('sqlite:///x')",
    ],
)
def test_a_new_file_would_be_found(code: str) -> None:
    assert any(map(writes, ast.walk(ast.parse(code))))
