"""The house rules that a machine can check, on every module of the package."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "musnad"
MODULES = sorted(SOURCE.rglob("*.py"))
NAMES = [str(path.relative_to(SOURCE).as_posix()) for path in MODULES]
CODE = sorted(
    [*MODULES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "tools").glob("*.py"), *(ROOT / "score").glob("*.py")]
)
STAGES = ("read", "find", "settle", "keep")
ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefe]")
MAX_MODULE, MAX_FUNCTION = 400, 60
# May be imported by every stage; they import no stage but ``read.fold`` (one spelling for all).
SHARED = {"types", "errors", "settings", "lexicon", "model"}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """Names of the modules of musnad that ``path`` imports anywhere, such as ``read.fold``."""
    for node in ast.walk(tree(path)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            if name == "musnad" or name.startswith("musnad."):
                yield name.removeprefix("musnad").lstrip(".")


def arabic_literals(path: Path) -> list[str]:
    """String constants with Arabic letters, docstrings apart."""
    module = tree(path)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {
        id(n.body[0].value) for n in ast.walk(module) if isinstance(n, documented) and ast.get_docstring(n) is not None
    }  # type: ignore[attr-defined]
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            written = ast.get_source_segment(path.read_text(encoding="utf-8"), node) or ""
            if ARABIC.search(written):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {written[:40]}")
    return found


@pytest.mark.parametrize("name", NAMES)
def test_imports_run_one_way(name: str) -> None:
    package = name.split("/")[0] if "/" in name else ""
    for target in imported(SOURCE / name):
        head = target.split(".")[0]
        if package in STAGES:
            allowed = {*SHARED, *STAGES[: STAGES.index(package) + 1]}
            assert head in allowed, f"{name} imports musnad.{target}"
        elif package in ("lexicon", "model"):
            assert head in SHARED or target == "read.fold", f"{name} imports musnad.{target}"
        elif package == "show":
            assert head in {*SHARED, "show"} - {"model"}, f"{name} imports musnad.{target}"


@pytest.mark.parametrize("name", NAMES)
def test_the_code_map_names_every_module(name: str) -> None:
    if name.endswith("__init__.py") and not (SOURCE / name).read_text(encoding="utf-8").strip():
        return
    code_map = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert f"`{name}`" in code_map, f"ARCHITECTURE.md does not name {name}"


def test_the_code_map_names_no_module_that_is_gone() -> None:
    code_map = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `([a-z_/]+\.py)`", code_map, flags=re.MULTILINE)
    assert len(named) > 10
    assert set(named) <= set(NAMES)


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOT)))
def test_language_knowledge_is_data(path: Path) -> None:
    assert arabic_literals(path) == []


def test_the_search_for_literals_finds_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_architecture.ROOT", tmp_path)
    module = tmp_path / "module.py"
    module.write_text(
        '"""\u0642\u0627\u0644 is fine here."""\nX = "\u0642\u0627\u0644"\nY = "\\u0642"\n', encoding="utf-8"
    )
    assert len(arabic_literals(module)) == 1


@pytest.mark.parametrize("name", NAMES)
def test_modules_and_functions_are_short(name: str) -> None:
    text = (SOURCE / name).read_text(encoding="utf-8")
    assert text.count("\n") < MAX_MODULE, f"{name} has {text.count(chr(10))} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines < MAX_FUNCTION, f"{name}:{node.lineno}: {node.name} has {lines} lines"


@pytest.mark.parametrize("name", NAMES)
def test_modules_and_public_functions_are_documented(name: str) -> None:
    module = tree(SOURCE / name)
    if not module.body:
        return
    assert ast.get_docstring(module), name
    for node in module.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{name}:{node.lineno}: {node.name}"


@pytest.mark.parametrize(
    "path", sorted([*(ROOT / "tools").glob("*.py"), *(ROOT / "score").glob("*.py")]), ids=lambda p: p.name
)
def test_scripts_use_what_the_package_has(path: Path) -> None:
    """Scripts that no test runs still break where a name that they import has gone."""
    wanted = [
        (node.module, alias.name)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == "musnad"
        for alias in node.names
    ]
    missing = [f"{module}.{name}" for module, name in wanted if not _has(module, name)]
    assert missing == []


def _has(module: str, name: str) -> bool:
    if hasattr(importlib.import_module(module), name):
        return True
    return importlib.util.find_spec(f"{module}.{name}") is not None
