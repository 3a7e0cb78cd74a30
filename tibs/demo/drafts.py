"""Second profiles of firms in the demonstration: being written, read, mended, or with the firm for its yes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from companies.choices import ProfileStatus, ReviewDecision
from companies.models import CooperationProfile, ProfileReview
from companies.services.escalations import who_decides
from companies.services.reviews import ask_another_reader, send_to_review
from tibs.demo.cast import Cast, read
from tibs.demo.clock import ago, at
from tibs.demo.firms import write_profile
from tibs.demo.publishing import read_told

PASSED_ON = "She knows this branch, and her week is free."


def tell_drafts(cast: Cast, now: datetime) -> None:
    """Write each second profile, and take it as far as the story says."""
    for told in read("drafts")["draft"]:
        company = cast.company(told["company"])
        by = cast.broker(company)
        with at(ago(now, told["days"])):
            profile = write_profile(company, dict(told) | {"language": "en", "wishes": []}, by)
        if told["state"] != ProfileStatus.DRAFT:
            with at(ago(now, told["days"] - 1, 10)):
                review = send_to_review(profile=profile, by=by)
            _go_on(cast, told, review, now)


def _go_on(cast: Cast, told: Mapping[str, Any], review: ProfileReview, now: datetime) -> None:
    with at(ago(now, told["days"] - 2, 11)):
        if reader := told.get("reader"):
            _pass_on(cast, review, cast.person(reader).public_id)
        if told["state"] == ProfileStatus.CHANGES_REQUESTED:
            read_told(review, cast, ReviewDecision.CHANGES, told["remark"])
        if told["state"] == ProfileStatus.COMPANY_APPROVAL:
            read_told(review, cast, ReviewDecision.READY, told["remark"])


def _pass_on(cast: Cast, review: ProfileReview, reader: str) -> None:
    if review.reader.public_id == reader:
        return
    profile: CooperationProfile = review.profile
    coordinator = who_decides(profile.company)[0]
    ask_another_reader(review=review, by=cast.actor(coordinator), reason=PASSED_ON, reader=reader)
