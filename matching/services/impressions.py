"""What was shown to whom: with the decisions these are the labels from which weights can be fitted later."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser

from matching.models import Impression, Match
from tibs.accounts.models import User


def note_shown(shown: Iterable[tuple[int, Match]], reader: User | AnonymousUser, day: date) -> None:
    """Note matches (with their run), each with the key of the side it was shown to: once a day, in one statement."""
    Impression.objects.bulk_create(
        [
            Impression(
                match=match,
                profile_id=side,
                reader_id=reader.pk,
                shown_date=day,
                rank=match.first_rank if match.first_id == side else match.second_rank,
                score=match.score,
                parts=match.parts,
                weights=match.run.weights,
                encoder_version=match.run.encoder_version,
            )
            for side, match in shown
        ],
        ignore_conflicts=True,
    )
