"""Nothing grows beyond what a person reads in one sitting."""

import ast

from tests.architecture.judging import judge
from tests.architecture.sources import EVERYWHERE, functions, name, python_files, task_options, templates

FILE, TEST_FILE, TEMPLATE = 300, 500, 200
FUNCTION, TASK = 40, 15


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end; the docstring is free."""
    total = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        total -= (first.end_lineno or first.lineno) - first.lineno + 1
    return total


def test_files_stay_short():
    breaches = {}
    for path in python_files(*EVERYWHERE):
        limit = TEST_FILE if name(path).startswith("tests/") else FILE
        if (count := len(path.read_text().splitlines())) > limit:
            breaches[name(path)] = f"{count} lines, the limit is {limit}"

    judge("file length", breaches, mend="Split the file by what it is about; aim for 150 lines.")


def test_functions_stay_short():
    breaches = {
        place: f"{count} lines, the limit is {FUNCTION}"
        for path in python_files(*EVERYWHERE)
        for place, node in functions(path)
        if (count := lines_of(node)) > FUNCTION
    }

    judge("function length", breaches, mend="Give a part of it a name of its own; aim for 15 lines.")


def test_tasks_only_nudge():
    breaches = {
        place: f"{count} lines, the limit of a task is {TASK}"
        for path in python_files()
        for place, node in functions(path)
        if task_options(node) and (count := lines_of(node)) > TASK
    }

    judge("task length", breaches, mend="Move the work to a service that takes the primary key's row.")


def test_templates_stay_short():
    breaches = {
        name(path): f"{count} lines, the limit is {TEMPLATE}"
        for path in templates()
        if (count := len(path.read_text().splitlines())) > TEMPLATE
    }

    judge("template length", breaches, mend="Move a part to templates/components/ or to a partial.")
