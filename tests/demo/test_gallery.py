"""The gallery draws every component, in every state that it knows, without a fault."""

from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.urls import path

from tibs.core.languages import LANGUAGE_CODES
from tibs.demo.gallery import gallery
from tibs.urls import urlpatterns as real_urlpatterns

TEMPLATES = Path(__file__).parents[2] / "templates"
urlpatterns = [*real_urlpatterns, path("_gallery", gallery)]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def test_gallery_shows_every_component(client):
    response = client.get("/_gallery?invalid=1")

    drawn = {template.name for template in response.templates}
    known = {f"components/{file.name}" for file in (TEMPLATES / "components").glob("*.html")}
    assert known - drawn == set()


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_gallery_says_which_language_it_speaks(client, language):
    response = client.get("/_gallery", headers={"accept-language": language})

    assert f'<html lang="{language}">' in response.text


def test_nothing_carries_a_style_or_a_handler_of_its_own(client):
    response = client.get("/_gallery?invalid=1")

    assert " style=" not in response.text
    assert " onclick=" not in response.text


def test_title_of_a_page_with_errors_says_so(client):
    response = client.get("/_gallery?invalid=1")

    title = " ".join(response.text.split("<title>")[1].split("</title>")[0].split())
    assert title == "Error: Components – TIBS"


def test_each_line_of_the_error_summary_leads_to_its_field(client):
    response = client.get("/_gallery?invalid=1")

    summary = response.text.split('class="problem"')[1].split("</div>")[0]
    for target in ("id_name", "id_email", "id_area", "id_size_0", "id_agree"):
        assert f'href="#{target}"' in summary
        assert f'id="{target}"' in response.text


@pytest.mark.parametrize("code", [400, 500, 503])
def test_error_pages_need_nothing_to_be_drawn(code):
    page = render_to_string(f"{code}.html")

    assert "<h1>" in page


@pytest.mark.parametrize("code", [403, 404])
def test_error_pages_keep_the_frame(rf, code):
    page = engines["django"].get_template(f"{code}.html").render({}, rf.get("/"))

    assert "<h1>" in page
    assert 'class="colophon"' in page
