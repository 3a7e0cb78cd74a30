"""Templates are used, safe under the content security policy, and translatable."""

import ast
import re
from pathlib import Path

from django.apps import apps
from django.template import TemplateSyntaxError, loader

from tests.architecture.judging import judge
from tests.architecture.sources import PRODUCT, ROOT, name, python_files, templates, tree

# Found by Django, the last one by allauth, without being named in our code.
BY_DJANGO = {"400.html", "403.html", "404.html", "500.html", "429.html"}
FORBIDDEN = {
    r"\sstyle\s*=": "style attribute: the content security policy drops it; use a class or an SVG attribute",
    r"<style\b": "inline style: put it into static/css",
    r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")": "inline script: put it into static/js",
    r"\son[a-z]+\s*=": "inline event handler: hang behaviour on data-tibs-… attributes",
    r"\|\s*safe\b|\bautoescape\s+off\b|\|\s*safeseq\b": "unescaped output",
    r"javascript:": "javascript: address",
    r"(?:src|href)=\"(?:https?:)?//(?!www\.w3\.org)": "address of another host: link through a setting or a model",
}
UNTRANSLATED_OUT = re.compile(
    r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%}"
    r"|{%.*?%}|{{.*?}}|<!--.*?-->|<!doctype.*?>|<script\b.*?</script>",
    re.DOTALL | re.IGNORECASE,
)
READ_ALOUD = re.compile(r"\b(?:title|alt|placeholder|aria-label|aria-description)=\"([^\"]*)\"")
TAG = re.compile(r"<[^>]*>", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
# Names that are the same in every language.
NAMES = {
    "TIBS",
    "CSV",
    "XLSX",
    "JSON",
    "API",
    "NACE",
    "NUTS",
    "amp",
    "nbsp",
    "middot",
    "rarr",
    "larr",
    "times",
}


def key(path: Path) -> str:
    """The name by which Django finds a template of ours."""
    return path.relative_to(ROOT / "templates").as_posix()


def mentioned() -> set[str]:
    """Every template name in code and templates, without the name of a partial."""
    in_code = {
        node.value.split("#")[0]
        for path in python_files(*PRODUCT)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    in_templates = {
        found.split("#")[0]
        for path in templates()
        for found in re.findall(r"""["']([\w./#-]+\.(?:html|txt|xml|svg))(?:#\w+)?["']""", path.read_text())
    }
    return in_code | in_templates


def replaces_one_of_a_package(template: str) -> bool:
    """Whether an installed package has a template of this name, such as allauth's `account/login.html`."""
    return any((Path(app.path) / "templates" / template).is_file() for app in apps.get_app_configs())


def test_every_template_is_used():
    used = mentioned()
    breaches = {
        name(path): "is mentioned nowhere"
        for path in templates()
        if key(path) not in used | BY_DJANGO and not replaces_one_of_a_package(key(path))
    }

    judge("unused templates", breaches, mend="Delete it.")


def test_every_template_compiles():
    breaches = {}
    for path in templates():
        try:
            loader.get_template(key(path))
        except TemplateSyntaxError as error:
            breaches[name(path)] = str(error)

    judge("template syntax", breaches, mend="See the line that the message names.")


def test_every_mentioned_template_exists():
    breaches = {
        template: "is mentioned, but does not exist"
        for template in mentioned()
        if re.fullmatch(r"[\w/-]+\.html", template)
        and not (ROOT / "templates" / template).is_file()
        and not replaces_one_of_a_package(template)
    }

    judge("missing templates", breaches, mend="Correct the name, or write the template.")


def test_forms_in_included_templates_get_their_token():
    """`only` keeps the token from a template, and browsers would get 403 where tests without the check pass."""
    with_forms = {key(path) for path in templates() if "{% csrf_token %}" in path.read_text()}
    breaches = {
        f"{name(path)}: {included}": "is included with `only` and has a form"
        for path in templates()
        for included, rest in re.findall(r"{%\s*include \"([^\"]+)\"([^%]*)%}", path.read_text())
        if included in with_forms and " only" in rest and "csrf_token=" not in rest
    }

    judge("form tokens", breaches, mend="Pass csrf_token=csrf_token, or leave `only` out.")


def test_templates_obey_the_content_security_policy():
    breaches = {
        f"{name(path)}:{text[: found.start()].count(chr(10)) + 1}": why
        for path in templates()
        for text in [path.read_text()]
        for pattern, why in FORBIDDEN.items()
        for found in re.finditer(pattern, text, re.IGNORECASE)
    }

    judge("template safety", breaches, mend="See the content security policy in tibs/settings.py.")


def test_every_word_in_a_template_is_marked_for_translation():
    breaches = {}
    for path in templates():
        if path.suffix != ".html":
            continue
        text = UNTRANSLATED_OUT.sub(lambda found: "\n" * found[0].count("\n"), path.read_text())
        spoken = TAG.sub(lambda found: "\n" * found[0].count("\n"), text).splitlines()
        spoken += [words for line in text.splitlines() for words in READ_ALOUD.findall(line)]
        left = [line.strip() for line in spoken if set(WORD.findall(line)) - NAMES]
        if left:
            breaches[name(path)] = f"{left[:3]}"

    judge("marked templates", breaches, mend='{% translate "…" %} or {% blocktranslate trimmed %}.')


def test_block_translations_are_trimmed():
    """Line breaks and indentation are no part of a sentence."""
    breaches = {
        name(path): found
        for path in templates()
        for found in re.findall(r"{%\s*blocktrans(?:late)?\b[^%]*%}", path.read_text())
        if " trimmed" not in found
    }

    judge("trimmed translations", breaches, mend="{% blocktranslate trimmed … %}")
