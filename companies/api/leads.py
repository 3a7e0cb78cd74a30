"""Partner sites send companies that want to meet a broker."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from brokers.api.authentication import HasScope, Key, Site
from brokers.api.idempotency import Answer, once
from brokers.scopes import Scope
from companies.choices import EarlierSupport, Independence, MoneyBand
from companies.services.leads import LeadContact, LeadFacts, create_lead
from regions.models import Country, NaceCode, Region
from tibs.api import kinds, parameters
from tibs.api.parameters import Parameters
from tibs.api.schema import writing
from tibs.api.views import WritingApiView
from tibs.core.errors import DomainError, NotAllowedError
from tibs.core.languages import LANGUAGES

SOURCE_LENGTH = 60


def _text(length: int, help_text: str = "") -> serializers.CharField:
    return serializers.CharField(
        max_length=length, required=False, allow_blank=True, default="", help_text=help_text
    )


class LeadPerson(serializers.Serializer[Any]):
    """Who speaks for the company."""

    name = serializers.CharField(max_length=150)
    email = serializers.EmailField(max_length=254)
    language = serializers.ChoiceField(choices=LANGUAGES, help_text="In which we write, ISO 639-1.")
    phone = _text(40)
    job_title = _text(100)


class NewLead(serializers.Serializer[Any]):
    """A company that wants to meet a broker; all but name, country and contact may be left out."""

    name = serializers.CharField(max_length=200, help_text="The legal name.")
    country = serializers.PrimaryKeyRelatedField(
        queryset=Country.objects.active(), pk_field=serializers.CharField(), help_text="ISO 3166-1 alpha-2."
    )
    region = serializers.PrimaryKeyRelatedField(
        queryset=Region.objects.active(),
        required=False,
        allow_null=True,
        default=None,
        pk_field=serializers.CharField(),
        help_text="NUTS code, see /regions/; without it the postcode tells.",
    )
    street = _text(200)
    postcode = _text(12)
    city = _text(100)
    register_number = _text(40, "In the register of the country.")
    vat_number = _text(20)
    website = serializers.URLField(max_length=300, required=False, allow_blank=True, default="")
    nace = serializers.PrimaryKeyRelatedField(
        queryset=NaceCode.objects.active(),
        required=False,
        allow_null=True,
        default=None,
        pk_field=serializers.CharField(),
        help_text="The main activity, NACE Rev. 2: 25.62.",
    )
    founded_year = serializers.IntegerField(
        min_value=1000, max_value=2200, required=False, allow_null=True, default=None
    )
    staff_count = serializers.IntegerField(
        min_value=0, max_value=10_000_000, required=False, allow_null=True, default=None
    )
    turnover_band = serializers.ChoiceField(choices=MoneyBand.choices, required=False, default="")
    balance_band = serializers.ChoiceField(choices=MoneyBand.choices, required=False, default="")
    independence = serializers.ChoiceField(choices=Independence.choices, required=False, default="")
    previous_support = serializers.ListField(
        child=serializers.ChoiceField(choices=EarlierSupport.choices),
        max_length=5,
        required=False,
        default=list,
    )
    external_id = _text(100, "Your own id of the company; each can be sent once.")
    contact = LeadPerson()
    contact_agreed = serializers.BooleanField(
        help_text="True: the person agreed on your site to be contacted by a broker of TIBS."
    )


class ReceivedLead(serializers.Serializer[Any]):
    """What becomes of it. Whether the company was known before is not told."""

    id = serializers.CharField(help_text="Names it at TIBS: cmp_….")
    received_at = serializers.DateTimeField()
    answer_due_at = serializers.DateTimeField(
        allow_null=True, help_text="Until when a broker answers the company."
    )


class Leads(WritingApiView):
    authentication_classes = (Key,)
    permission_classes = (HasScope,)
    scope = Scope.LEADS_WRITE

    @writing(
        "send_lead",
        summary="Send a company that wants to meet a broker",
        description=(
            "Needs a key with the scope `leads:write`. The broker of the company's region answers within two "
            "working days. Repeat the request with the same Idempotency-Key until you have an answer."
        ),
        takes=NewLead(),
        answers=ReceivedLead(),
        errors=[kinds.REQUEST_UNDER_WAY, kinds.KEY_USED_BEFORE],
        tag="leads",
    )
    def post(self, request: Request) -> Response:
        parameters.read(request, Parameters)
        payload = request.data
        site = cast(Site, request.user)
        return once(request, site.client, timezone.now(), lambda: _take_in(payload, site))


def _take_in(payload: Any, site: Site) -> Answer:
    given = _checked(payload)
    contact, agreed = given.pop("contact"), given.pop("contact_agreed")
    if not agreed:
        _refuse("contact_agreed", _("Only send people who agreed to be contacted."))
    external_id, support = given.pop("external_id"), tuple(given.pop("previous_support"))
    try:
        company = create_lead(
            facts=LeadFacts(**given, previous_support=support),
            contact=LeadContact(**contact),
            source=site.client.name[:SOURCE_LENGTH],
            external_id=external_id,
            by=site.actor,
        )
    except NotAllowedError as error:
        raise PermissionDenied from error
    except DomainError as error:
        fields = error.fields or {"": error.message}
        raise ValidationError(
            {name: [ErrorDetail(str(s), error.code)] for name, s in fields.items()}
        ) from error
    due = company.answer_due_at
    return 201, {
        "id": company.public_id,
        "received_at": company.created_at.isoformat(),
        "answer_due_at": due.isoformat() if due else None,
    }


def _checked(data: Any) -> dict[str, Any]:
    """The checked payload. ValidationError names every fault by its place, and every name that we do not know."""
    shape = NewLead(data=data)
    errors = dict(_flat(shape.errors)) if not shape.is_valid() else {}
    errors |= {name: [_unknown()] for name in _surplus(data)}
    if errors:
        raise ValidationError(errors)
    return dict(shape.validated_data)


def _surplus(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield from (str(name)[:100] for name in data.keys() - NewLead().fields.keys())
        contact = data.get("contact")
        if isinstance(contact, dict):
            yield from (f"contact.{name}"[:100] for name in contact.keys() - LeadPerson().fields.keys())


def _unknown() -> ErrorDetail:
    return ErrorDetail(_("There is no such field."), "unknown")


def _flat(errors: Mapping[str, Any], place: str = "") -> Iterator[tuple[str, Any]]:
    for name, said in errors.items():
        if isinstance(said, Mapping):
            yield from _flat(said, f"{place}{name}.")
        else:
            yield f"{place}{name}", said


def _refuse(name: str, sentence: str) -> None:
    raise ValidationError({name: [ErrorDetail(sentence, "refused")]})
