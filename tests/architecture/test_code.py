"""Habits of the code that no linter knows."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.judging import judge
from tests.architecture.sources import EVERYWHERE, ROOT, functions, name, python_files, task_options, tree

SIGNALS = (
    "django.dispatch",
    "django.db.models.signals",
    "django.core.signals",
    "django.contrib.auth.signals",
)
APPS = (
    "matching",
    "companies",
    "brokers",
    "regions",
    "tibs/pages",
    "tibs/reports",
    "tibs/entrance",
    "tibs/events",
    "tibs/accounts",
)
ORDER = [
    ("urls",),
    ("views", "api", "management"),
    ("tasks",),
    ("forms",),
    ("services",),
    ("policies",),
    ("selectors",),
    ("models",),
    ("events",),
]
PURE_CORES = (
    "matching/engine",
    "companies/assessments",
    "companies/profiles",
    "regions/trans_s3",
    "brokers/routing.py",
    "tibs/core/clocks.py",
)
HIDING = {"save", "delete", "full_clean", "bulk_create"}


def imports(path: Path) -> Iterator[tuple[int, str, str]]:
    """Line, module and imported name (empty for `import module`)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from ((node.lineno, module, alias.name) for alias in node.names)


def rank(module: str) -> int:
    """Place of a module in the order of an app, from 1; 0 where the order does not name it."""
    return next((place for place, names in enumerate(ORDER, 1) if module in names), 0)


def breaches_of_imports(is_wrong) -> dict[str, str]:
    return {
        f"{name(path)}:{line}": f"imports {what or module} of {module}"
        for path in python_files(*EVERYWHERE)
        for line, module, what in imports(path)
        if is_wrong(module, what)
    }


def test_there_are_no_signal_handlers():
    judge(
        "signals",
        breaches_of_imports(lambda module, what: module.startswith(SIGNALS)),
        mend="Record an event and wire its effect in tibs/wiring.py, where everybody can read it.",
    )


def test_saving_hides_nothing():
    breaches = {
        place: f"overrides {node.name}()"
        for path in python_files()
        for place, node in functions(path)
        if "." in place.split(":")[1] and node.name in HIDING
    }

    judge("save overrides", breaches, mend="Write a service that says in its name what happens.")


def test_imports_are_absolute():
    judge(
        "relative imports",
        breaches_of_imports(lambda module, what: module.startswith(".")),
        mend="Name the module from the root.",
    )


def test_imports_name_what_they_take():
    judge(
        "star imports",
        breaches_of_imports(lambda module, what: what == "*"),
        mend="Import the names, so that a reader finds where each comes from.",
    )


def test_nobody_imports_what_another_module_keeps_private():
    judge(
        "private imports",
        breaches_of_imports(
            lambda module, what: any(
                part.startswith("_") and not part.startswith("__") for part in (*module.split("."), what)
            )
        ),
        mend="Give it a public name where it lives, or move it to where both may import it.",
    )


def test_modules_of_an_app_import_only_those_after_them():
    """`views` call `services`, never the other way round; see docs/architecture.md, Layers."""
    breaches = {}
    for app in APPS:
        for path in python_files(app):
            own = rank(path.relative_to(ROOT / app).with_suffix("").parts[0])
            for line, module, what in imports(path):
                inside = module.removeprefix(app.replace("/", ".")).strip(".") or what
                if own and module.startswith(app.replace("/", ".")) and 0 < rank(inside.split(".")[0]) < own:
                    breaches[f"{name(path)}:{line}"] = f"imports {module}, which comes before it"

    judge("order of modules", breaches, mend=f"The order is {' > '.join(map('|'.join, ORDER))}.")


def test_pure_cores_import_the_standard_library_and_numpy_only():
    breaches = {
        f"{name(path)}:{line}": f"imports {module}"
        for core in PURE_CORES
        for path in ([ROOT / core] if core.endswith(".py") else python_files(core))
        if path.exists()
        for line, module, _ in imports(path)
        if module.split(".")[0] not in {*sys.stdlib_module_names, "numpy"}
        and not module.startswith(core.removesuffix(".py").replace("/", "."))
    }

    judge("pure cores", breaches, mend="Let the caller look it up and hand it over as an argument.")


def test_no_module_is_called_utils():
    breaches = {
        name(path): "says nothing about what is inside"
        for path in python_files(*EVERYWHERE)
        if {path.stem, path.parent.name} & {"utils", "helpers", "misc", "common"}
    }

    judge("module names", breaches, mend="Name the thing: locks.py, money.py.")


def test_settings_are_read_through_django():
    judge(
        "settings imports",
        {
            place: what
            for place, what in breaches_of_imports(
                lambda module, what: module == "tibs.settings" or (module, what) == ("tibs", "settings")
            ).items()
            if not place.startswith("tests/")
        },
        mend="from django.conf import settings",
    )


def test_tasks_take_primary_keys_and_survive_a_new_release():
    """Keyword-only arguments and `**_`: a message of the release before or after still finds its task."""
    breaches = {}
    for path in python_files():
        for place, node in functions(path):
            if not (options := task_options(node)):
                continue
            if node.args.args or not node.args.kwarg:
                breaches[place] = "takes positional arguments or no **_"
            elif missing := {"queue", "time_limit"} - options:
                breaches[place] = f"does not name its {' and '.join(sorted(missing))}"

    judge(
        "task signatures", breaches, mend="@shared_task(queue=…, time_limit=…) def verb(*, pk: int, **_: Any)"
    )


def test_every_module_of_the_product_is_typed_and_in_a_layer():
    """A new top-level package must join the layers contract of import-linter."""
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}

    assert packages <= set(EVERYWHERE), f"Add {packages - set(EVERYWHERE)} to the layers and to sources.py."
