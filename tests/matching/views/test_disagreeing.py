"""The page of an agreement, on which a firm says that this is not what was agreed."""

import html
import re

import pytest
from django.urls import reverse

from matching.models import Agreement
from matching.services.agreements import write_agreement
from tests.cooperating import agreement
from tests.matching.views.test_cooperations import client_of

pytestmark = pytest.mark.django_db


def page_of(written):
    return reverse("agreement", args=[written.public_id])


def sent_from(page, note):
    """What a browser sends of the form on that page."""
    form = page.split("/disagree/")[1]
    hidden = dict(re.findall(r'<input type="hidden" name="(company|shown_hash)" value="([^"]*)"', form)[:2])
    return hidden | {"note": note}


def test_firm_finds_the_way_to_say_no_and_all_read_why(made):
    written = agreement(made, stated=True)
    aino = client_of(made.aino)
    page = aino.get(page_of(written)).content.decode()

    assert "This is not what we agreed" in page
    answer = aino.post(
        reverse("agreement_disagree", args=[written.public_id]), sent_from(page, "20 cubic metres.")
    )

    assert answer.status_code == 302
    for who in (made.ana, made.jan, made.johanna, made.aino):
        seen = html.unescape(client_of(who).get(page_of(written)).content.decode())
        assert "Kymen Saha Oy says that this is not what was agreed." in seen
        assert "20 cubic metres." in seen
        assert "This is not what we agreed" not in seen
        assert "Confirm these words" not in seen


def test_reason_is_kept_when_the_words_have_changed_meanwhile(made):
    written = agreement(made)
    aino = client_of(made.aino)
    page = aino.get(page_of(written)).content.decode()
    write_agreement(cooperation=made.cooperation, values={"subject": "Other boards."}, by=made.ana)
    address = reverse("agreement_disagree", args=[written.public_id])

    answer = aino.post(address, sent_from(page, "It was less."))

    seen = answer.content.decode()
    assert answer.status_code == 400
    assert "It was less." in seen
    assert Agreement.objects.get().returned_note == ""
    assert aino.post(address, sent_from(seen, "It was less.")).status_code == 302


def test_what_is_not_a_word_is_refused(made):
    written = agreement(made)
    address = reverse("agreement_disagree", args=[written.public_id])
    good = {"company": made.finnish.public_id, "shown_hash": written.text_hash, "note": "No."}

    for wrong in ({"note": "\x00"}, {"note": "x" * 10**6}, {"note": ""}, {"shown_hash": "x" * 10**6}):
        assert client_of(made.aino).post(address, good | wrong).status_code == 400
    assert client_of(made.aino).post(address, good | {"company": "cmp_0"}).status_code == 403
    assert client_of(made.aino).post(address, good | {"company": made.polish.public_id}).status_code == 403
    assert Agreement.objects.get().returned_note == ""
