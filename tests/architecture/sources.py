"""The files of the repository, as the tests about it read them."""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCT = ("tibs", "matching", "companies", "brokers", "regions")
EVERYWHERE = (*PRODUCT, "tests", "tools", "benchmarks")
NOT_OURS = {".git", ".venv", "var", "node_modules", "__pycache__", "test-results"}
TEXT = frozenset(
    {".py", ".html", ".txt", ".md", ".toml", ".yml", ".css", ".js", ".po", ".csv", ".json", ".svg", ".in"}
)
TEXT_BY_NAME = {"run", "Dockerfile", ".gitignore", ".dockerignore", ".env.example"}


def files() -> Iterator[Path]:
    """Every file that a checkout holds or that is about to be committed; caches and made files are left out."""
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name not in NOT_OURS and not name.endswith("_cache")]
        yield from (Path(folder) / name for name in names if not name.endswith((".mo", ".pyc")))


def text_files() -> Iterator[Path]:
    return (path for path in files() if path.suffix in TEXT or path.name in TEXT_BY_NAME)


def python_files(*packages: str) -> Iterator[Path]:
    """Python that people write: migrations are made by a command."""
    for package in packages or PRODUCT:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.*ml"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def functions(path: Path) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Each function with `file:name`; methods as `file:Class.name`."""
    owners = {
        item: f"{node.name}."
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
        for item in node.body
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name(path)}:{owners.get(node, '')}{node.name}", node


def task_options(node: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str | None]:
    """The options of the `@shared_task(…)` on a function; empty where Celery does not run it."""
    return {
        keyword.arg
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "shared_task"
        for keyword in decorator.keywords
    }
