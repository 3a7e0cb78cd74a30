"""Who may do what to companies and profiles, in the words of the service."""

from django.utils.translation import gettext_lazy as _

from brokers.scopes import Scope
from companies.choices import MergeStatus, Rater
from companies.models import (
    Assessment,
    BulkChange,
    Company,
    Merge,
    ProfileReview,
    Registration,
    SavedSearch,
    SavedView,
)
from tibs.accounts.actor import Actor
from tibs.accounts.permissions import Permission
from tibs.core.errors import NotAllowedError


def can_read_companies(actor: Actor) -> bool:
    """Brokers and coordinators their organisation's, project staff and administrators all."""
    return actor.may(Permission.READ_COMPANIES)


def can_work_on_companies(actor: Actor) -> bool:
    """Brokers and coordinators of some organisation; what they may change is asked company by company."""
    return actor.may(Permission.CHANGE_COMPANIES) and bool(actor.organisations)


def can_see_contacts(actor: Actor, company: Company) -> bool:
    """The people at a company are known to its own organisation only."""
    return actor.is_system or company.host_id in actor.organisations or company.pk in actor.companies


def can_change_company(actor: Actor, company: Company) -> bool:
    """Brokers and coordinators work on the companies that their own organisation hosts."""
    return actor.is_system or (
        actor.may(Permission.CHANGE_COMPANIES) and company.host_id in actor.organisations
    )


def can_create_lead(actor: Actor) -> bool:
    """Whoever works with companies may bring a new one in, wherever it belongs, and so may partner sites whose key
    is good for that; routing decides where it goes."""
    return actor.may(Permission.CHANGE_COMPANIES) or Scope.LEADS_WRITE in actor.scopes


def can_read_held_registrations(actor: Actor) -> bool:
    """Coordinators, project staff and administrators sort genuine registrations from those of programs."""
    return actor.may(Permission.RELEASE_REGISTRATIONS)


def can_release_registration(actor: Actor, registration: Registration) -> bool:
    """Coordinators decide on firms of the countries of organisations that they coordinate, and not where they are
    brokers only; the others on all."""
    country = registration.answers.get("company", {}).get("country", "")
    return can_read_held_registrations(actor) and (
        actor.may_everywhere(Permission.RELEASE_REGISTRATIONS) or country in actor.coordinated_countries
    )


def can_claim_company(actor: Actor, company: Company) -> bool:
    """A broker or coordinator takes a lead that came to their own organisation."""
    return actor.is_person and can_change_company(actor, company)


def can_read_company_file(actor: Actor, company: Company) -> bool:
    """Contact log, next steps, screenings and letters are working notes of the organisation that hosts the company;
    nobody else reads them, and the company's own people have pages of their own."""
    return actor.is_system or (
        actor.may(Permission.READ_COMPANIES) and company.host_id in actor.organisations
    )


def can_decide_for_company(actor: Actor, company: Company) -> bool:
    """The company's own people decide, or its broker writes down what they decided."""
    return company.pk in actor.companies or can_change_company(actor, company)


def can_publish_profile(actor: Actor, company: Company) -> bool:
    """Whoever works on the company and whose role may publish."""
    return can_change_company(actor, company) and actor.may(Permission.PUBLISH_PROFILES)


def can_read_for(actor: Actor, review: ProfileReview) -> bool:
    """The second reader who was asked, and whoever stands in abroad for a reader who is away."""
    if not actor.is_person:
        return False
    stands_in = review.reader_id in actor.stands_in_for
    return review.reader.public_id == actor.id or (
        stands_in and review.profile.company.country_id not in actor.countries
    )


def can_ask_another_reader(actor: Actor, review: ProfileReview) -> bool:
    """The reader passes a text on; a coordinator of the organisation that asked takes it to somebody else."""
    return can_read_for(actor, review) or review.profile.company.host_id in actor.coordinates


def can_write_message(actor: Actor, company: Company) -> bool:
    """The talk is between the company's people and the organisation that serves it."""
    return company.pk in actor.companies or can_change_company(actor, company)


def can_take_all_data(actor: Actor, company: Company) -> bool:
    """A copy of all data goes to the company's own people only."""
    return actor.is_system or company.pk in actor.companies


def can_erase_company(actor: Actor, company: Company) -> bool:
    """The company's own people; a coordinator of its organisation, who was asked by letter; and the nightly rule."""
    return actor.is_system or company.pk in actor.companies or company.host_id in actor.coordinates


def can_look_for_duplicates(actor: Actor, company: Company) -> bool:
    """Who works on the company, and administrators."""
    return can_change_company(actor, company) or actor.may_everywhere(Permission.MERGE_COMPANIES)


def can_merge_companies(actor: Actor, kept: Company, absorbed: Company) -> bool:
    """Brokers and coordinators of the organisation that hosts both entries, and administrators."""
    return actor.may_everywhere(Permission.MERGE_COMPANIES) or (
        can_change_company(actor, kept) and can_change_company(actor, absorbed)
    )


def can_ask_for_merge(actor: Actor, mine: Company, other: Company) -> bool:
    """A coordinator of the organisation that hosts one entry asks the organisation that hosts the other."""
    return mine.host_id in actor.coordinates and not can_change_company(actor, other)


def can_answer_merge(actor: Actor, merge: Merge) -> bool:
    """A coordinator of the organisation that was asked."""
    return merge.status == MergeStatus.ASKED and merge.waits_for_id in actor.coordinates


def can_undo_merge(actor: Actor, merge: Merge) -> bool:
    """Whoever may merge the two; where two organisations host them, a coordinator of either."""
    if can_merge_companies(actor, merge.kept, merge.absorbed):
        return True
    return not actor.coordinates.isdisjoint({merge.kept.host_id, merge.absorbed.host_id})


def can_assess(actor: Actor, company: Company) -> bool:
    """Whoever works on the company rates it as its broker."""
    return can_change_company(actor, company)


def can_rate_own_company(actor: Actor, company: Company) -> bool:
    """The company's own people answer for themselves."""
    return actor.is_system or company.pk in actor.companies


def can_answer(actor: Actor, assessment: Assessment, rater: str) -> bool:
    """Brokers answer as brokers, a firm's people as the firm; what a visitor began belongs to who holds its link."""
    company = assessment.company
    if company is None:
        return rater in ("", Rater.SELF)
    as_broker = rater in ("", Rater.BROKER) and can_assess(actor, company)
    return as_broker or (rater in ("", Rater.SELF) and can_rate_own_company(actor, company))


def can_undo_change(actor: Actor, change: BulkChange) -> bool:
    """Whoever changed many companies at once may take it back."""
    return change.made_by is not None and change.made_by.public_id == actor.id


def can_change_view(actor: Actor, view: SavedView) -> bool:
    """A saved view belongs to whoever saved it; colleagues use a shared one as it is."""
    return actor.is_person and view.owner.public_id == actor.id


def can_change_search(actor: Actor, search: SavedSearch) -> bool:
    """A saved search belongs to whoever saved it."""
    return actor.is_person and search.owner is not None and search.owner.public_id == actor.id


def can_import_companies(actor: Actor) -> bool:
    """Imports come from the operator's command line only."""
    return actor.is_system


def require(allowed: bool) -> None:
    """Raise NotAllowedError unless a policy said yes."""
    if not allowed:
        raise NotAllowedError(_("You may not do this."))
