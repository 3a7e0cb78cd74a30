"""What binds a company to firms abroad: its introductions and cooperations, read with the company itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Q, Value, When
from django.db.models import CharField as Words
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils.translation import get_language, gettext

from matching.choices import CooperationStatus, IntroductionStatus
from matching.models import Introduction
from tibs.accounts.actor import Actor

SHOWN = 8


@dataclass(frozen=True)
class Bond:
    """An introduction, or the cooperation that came of it, whose firms know each other; before that, the other firm
    is named by its country."""

    name: str
    status: str
    url: str
    is_cooperation: bool


def bonds_for(actor: Actor) -> ArraySubquery:
    """The newest that the reader may see, for companies: an annotation, so that it costs no query of its own."""
    of_company = Q(low_company=OuterRef("pk")) | Q(high_company=OuterRef("pk"))
    said = JSONObject(
        id="public_id",
        status="status",
        country=_of_the_other(_country("receiver_company"), _country("sender_company")),
        name=_of_the_other(F("receiver_company__name"), F("sender_company__name")),
        cooperation="cooperation__public_id",
        stage="cooperation__status",
    )
    rows = Introduction.objects.visible_to(actor).filter(of_company).order_by("-id")
    return ArraySubquery(rows.values(said=said)[:SHOWN])


def bonds_of(said: Iterable[Mapping[str, Any]] | None) -> list[Bond]:
    """The annotation in the reader's words; it is None for readers who see no introduction at all."""
    return [_bond(one) for one in said or ()]


def _bond(said: Mapping[str, Any]) -> Bond:
    abroad = gettext("A firm in %(country)s") % {"country": said["country"]}
    if said["cooperation"]:
        label, url = (
            CooperationStatus(said["stage"]).label,
            reverse("cooperation", args=[said["cooperation"]]),
        )
        name = ", ".join([said["name"], said["country"]]) if said["name"] else abroad
        return Bond(name, str(label), url, is_cooperation=True)
    label, url = IntroductionStatus(said["status"]).label, reverse("introduction", args=[said["id"]])
    return Bond(abroad, str(label), url, is_cooperation=False)


def _of_the_other(receiver: F | Coalesce, sender: F | Coalesce) -> Case:
    """What is said of the firm that the company was introduced to."""
    return Case(When(sender_company=OuterRef("pk"), then=receiver), default=sender, output_field=Words())


def _country(path: str) -> Coalesce:
    language = (get_language() or "en").split("-")[0]
    return Coalesce(F(f"{path}__country__name_{language}"), F(f"{path}__country__name_en"), Value(""))
