"""Who may read matches, search for partners, and act in introductions and what comes after them."""

from companies.choices import TAKES_PART
from companies.models import Company, CooperationProfile
from companies.policies import can_change_company
from matching.choices import IntroductionStatus
from matching.handshake import Side, Who
from matching.models import Cooperation, Introduction, JointStrategy, ViewRequest
from tibs.accounts.actor import Actor
from tibs.accounts.models import User
from tibs.accounts.permissions import Permission


def can_read_matches(actor: Actor) -> bool:
    """Brokers and coordinators, for the companies that they may see."""
    return actor.may(Permission.READ_MATCHES)


def can_search_partners(actor: Actor) -> bool:
    """Brokers and coordinators; the search shows profiles of all countries, anonymous ones without names."""
    return actor.may(Permission.SEARCH_PARTNERS)


def roles_in(actor: Actor, introduction: Introduction) -> frozenset[Who]:
    """Who somebody is in an introduction: the brokers of both sides or who stands in for them, the people of the two
    firms, for whom their broker may write down what they said; and the platform itself."""
    if actor.is_system:
        return frozenset({Who.PLATFORM})
    roles: set[Who] = set()
    if _is_broker(actor, introduction.sender_broker) and can_change_company(
        actor, introduction.sender_company
    ):
        roles |= {Who.SENDER_BROKER, Who.SENDER_COMPANY}
    if _is_broker(actor, introduction.receiver_broker) and can_change_company(
        actor, introduction.receiver_company
    ):
        roles |= {Who.RECEIVER_BROKER, Who.RECEIVER_COMPANY}
    if introduction.sender_company_id in actor.companies and introduction.first_asked_at:
        roles.add(Who.SENDER_COMPANY)
    if introduction.receiver_company_id in actor.companies and introduction.told_receiver_at:
        roles.add(Who.RECEIVER_COMPANY)
    return frozenset(roles)


def can_begin_introduction(actor: Actor, company: Company) -> bool:
    """Whoever works on the company that would be introduced."""
    return actor.may(Permission.READ_MATCHES) and can_change_company(actor, company)


def knows_partner(actor: Actor, introduction: Introduction) -> bool:
    """After the introduction: the two brokers themselves and the people of the two firms. Neither colleagues nor who
    stands in for a broker, neither coordinators nor project staff nor the platform."""
    if introduction.status != IntroductionStatus.INTRODUCED or not actor.is_person:
        return False
    brokers = {introduction.sender_broker.public_id, introduction.receiver_broker.public_id}
    firms = {introduction.sender_company_id, introduction.receiver_company_id}
    return (actor.id in brokers and actor.may(Permission.READ_MATCHES)) or not firms.isdisjoint(
        actor.companies
    )


def can_read_partner_contacts(actor: Actor, introduction: Introduction) -> bool:
    """These four, while both firms take part: who left or was erased is not written to any more."""
    firms = (introduction.sender_company, introduction.receiver_company)
    return knows_partner(actor, introduction) and not any(is_away(company) for company in firms)


def is_away(company: Company) -> bool:
    """Whether a firm was erased or merged into another one, or takes no part in the service at present."""
    return bool(company.erased_at or company.merged_into_id or company.stage not in TAKES_PART)


def can_transfer_introduction(actor: Actor, introduction: Introduction, side: Side) -> bool:
    """The broker of that side, who stands in for them, and the coordinators of their organisation."""
    company = introduction.sender_company if side is Side.SENDER else introduction.receiver_company
    broker = Who.SENDER_BROKER if side is Side.SENDER else Who.RECEIVER_BROKER
    return broker in roles_in(actor, introduction) or company.host_id in actor.coordinates


def can_read_shared_file(actor: Actor, introduction: Introduction) -> bool:
    """The receiving broker in person, whom the other firm named when it agreed to share its file."""
    return actor.is_person and actor.id == introduction.receiver_broker.public_id


def can_decide_on_matches(actor: Actor, profile: CooperationProfile) -> bool:
    """Brokers and coordinators of the organisation that hosts the profile's company decide for its side alone."""
    return actor.is_system or (can_read_matches(actor) and profile.company.host_id in actor.organisations)


def can_answer_view(actor: Actor, request: ViewRequest) -> bool:
    """Who was asked."""
    return can_read_matches(actor) and request.asked.public_id == actor.id


def _is_broker(actor: Actor, broker: User) -> bool:
    return actor.is_person and (actor.id == broker.public_id or broker.pk in actor.stands_in_for)


def can_work_on_cooperation(actor: Actor, cooperation: Cooperation) -> bool:
    """Brokers and coordinators of either of the two organisations."""
    introduction = cooperation.introduction
    return can_change_company(actor, introduction.sender_company) or can_change_company(
        actor, introduction.receiver_company
    )


def can_take_part(actor: Actor, cooperation: Cooperation) -> bool:
    """Who works on the cooperation, and the people of the two firms."""
    firms = {cooperation.introduction.sender_company_id, cooperation.introduction.receiver_company_id}
    return can_work_on_cooperation(actor, cooperation) or not firms.isdisjoint(actor.companies)


def can_validate(actor: Actor, cooperation: Cooperation) -> bool:
    """A third party judges an agreement: project staff, or a broker of neither of the two organisations. Nobody who
    belongs to one of the two sides, whatever else they are."""
    introduction = cooperation.introduction
    hosts = {introduction.sender_company.host_id, introduction.receiver_company.host_id}
    firms = {introduction.sender_company_id, introduction.receiver_company_id}
    is_of_a_side = not hosts.isdisjoint(actor.organisations) or not firms.isdisjoint(actor.companies)
    return actor.is_person and not is_of_a_side and can_judge_agreements(actor)


def can_judge_agreements(actor: Actor) -> bool:
    """Whose role it can be to validate agreements of others."""
    return actor.may_everywhere(Permission.READ_COMPANIES) or (
        actor.may(Permission.READ_MATCHES) and bool(actor.organisations)
    )


def can_read_evidence(actor: Actor, cooperation: Cooperation) -> bool:
    """Both sides, and project staff: the file may name people. Brokers of other organisations judge by the words."""
    return can_take_part(actor, cooperation) or (
        actor.may_everywhere(Permission.READ_COMPANIES) and can_validate(actor, cooperation)
    )


def can_lead_strategy(actor: Actor, strategy: JointStrategy) -> bool:
    """Its leading broker, who stands in for them, and the platform itself."""
    lead = strategy.lead
    leads = actor.id == lead.public_id or lead.pk in actor.stands_in_for
    return actor.is_system or (actor.may(Permission.CHANGE_COMPANIES) and leads)


def can_begin_strategy(actor: Actor) -> bool:
    """Brokers and coordinators, for firms of their own organisation and partners of these."""
    return actor.is_person and actor.may(Permission.CHANGE_COMPANIES) and bool(actor.organisations)
