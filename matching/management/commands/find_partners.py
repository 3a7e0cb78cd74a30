"""Finds foreign partners for a company, or for a request typed in any of the eight languages."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, override

from companies.models import Company
from matching.services import vectors
from matching.services.partners import Partner, Request, find_for_company, find_for_request
from matching.wording import reason_sentence
from tibs.accounts.actor import system
from tibs.core.errors import DomainError
from tibs.core.languages import LANGUAGE_CODES

OPERATOR = system("command.find_partners")


class Command(BaseCommand):
    """`--for cmp_…`, or `--text "…" --language xx --country PL`; `--json` prints one partner on each line."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        wanted = parser.add_mutually_exclusive_group(required=True)
        wanted.add_argument("--for", dest="company", metavar="cmp_…", help="public id of a company")
        wanted.add_argument("--text", help="what kind of partner is sought")
        parser.add_argument("--language", choices=LANGUAGE_CODES, default="en", help="language of the text")
        parser.add_argument("--country", help="home country of the firm that seeks, such as PL")
        parser.add_argument("--top", type=int, default=10, help="how many partners (10)")
        parser.add_argument("--json", action="store_true", help="one JSON object a partner on a line")

    def handle(self, *, top: int, json: bool, language: str, **options: Any) -> None:
        try:
            partners = self._find(top=top, language=language, **options)
        except DomainError as error:
            raise CommandError(str(error)) from error
        with override(language):
            for partner in partners:
                self.stdout.write(_as_json(partner) if json else _as_text(partner))
        if not partners and not json:
            self.stdout.write(gettext("No partner was found."))
        if unread := len(vectors.out_of_date()):
            self.stderr.write(
                f"Not searched: {unread} profiles that no matching has read yet. Run: ./run manage match"
            )

    def _find(self, *, company: str | None, text: str | None, top: int, **options: Any) -> list[Partner]:
        if top < 1:
            raise CommandError("--top takes a number from 1 up.")
        if company:
            found = Company.objects.filter(public_id=company).first()
            if not found:
                raise CommandError(f"There is no company {company}.")
            return find_for_company(company=found, by=OPERATOR, top=top)
        country = (options["country"] or "").upper()
        if not country:
            raise CommandError("--text needs --country, the home country of the firm that seeks.")
        request = Request(text=text or "", language=options["language"], country=country)
        return find_for_request(request=request, by=OPERATOR, top=top)


def _as_json(partner: Partner) -> str:
    company = partner.profile.company
    parts = {
        name: {part.block: round(part.contribution, 6) for part in direction.parts if part.contribution}
        for name, direction in (
            ("forward", partner.explanation.forward),
            ("backward", partner.explanation.backward),
        )
    }
    return json.dumps(
        {
            "id": company.public_id,
            "external_id": company.external_id,
            "name": company.name,
            "country": company.country_id,
            "score": round(partner.score, 6),
            "parts": parts,
            "reasons": [
                reason_sentence(reason, partner.explanation) for reason in partner.explanation.reasons
            ],
        },
        ensure_ascii=False,
    )


def _as_text(partner: Partner) -> str:
    company = partner.profile.company
    lines = [
        f"{partner.rank:2}. {partner.score:.3f}  {company.name} ({company.country_id})  {company.public_id}"
    ]
    lines += [
        f"      {reason_sentence(reason, partner.explanation)}" for reason in partner.explanation.reasons
    ]
    return "\n".join(lines)
