"""Joint strategies: firms of two countries, all of whom signed the same words."""

import pytest

from matching.choices import StrategyStatus
from matching.models import JointStrategy
from matching.services.strategies import (
    add_activity,
    add_member,
    ask_for_signatures,
    candidates,
    change_strategy,
    draft_strategy,
    finish_activity,
    move_strategy,
    remove_member,
)
from matching.services.strategy_answers import sign_strategy
from matching.services.strategy_print import strategy_pdf
from matching.strategy_words import words_hash
from tests import factories
from tests.cooperating import sign_all, strategy
from tibs.core.errors import BadInputError, NotAllowedError, WrongStateError
from tibs.events.models import InboxItem

pytestmark = pytest.mark.django_db


def test_agreed_when_firms_of_two_countries_have_all_signed(made):
    draft = strategy(made)
    with pytest.raises(WrongStateError, match="signed"):
        move_strategy(strategy=draft, by=made.ana)
    sign_all(made, draft)

    agreed = move_strategy(strategy=draft, by=made.ana)

    assert (agreed.status, bool(agreed.agreed_at)) == (StrategyStatus.AGREED, True)


def test_firms_of_one_country_are_not_enough(made):
    alone = strategy(made)
    remove_member(strategy=alone, company=made.finnish, by=made.ana)
    shown = words_hash(JointStrategy.objects.get())
    sign_strategy(strategy=alone, company=made.polish, signer="Jan", shown_hash=shown, by=made.jan)

    with pytest.raises(WrongStateError, match="two countries"):
        move_strategy(strategy=alone, by=made.ana)


@pytest.mark.parametrize(
    "change",
    [
        lambda made, one: change_strategy(strategy=one, values={"goal": "Less."}, by=made.ana),
        lambda made, one: change_strategy(strategy=one, values={"risks": ""}, by=made.ana),
        lambda made, one: add_activity(strategy=one, what="Visit a fair", by=made.ana),
        lambda made, one: add_member(strategy=one, company=made.polish, contribution="Saws", by=made.ana),
        lambda made, one: add_member(
            strategy=one,
            company=factories.company("Trzeci", host=made.polish.host, owner=made.brokers[0]),
            by=made.ana,
        ),
    ],
)
def test_changed_word_voids_every_signature(made, change):
    signed = strategy(made, signed=True)

    change(made, signed)

    with pytest.raises(WrongStateError, match="signed"):
        move_strategy(strategy=signed, by=made.ana)


def test_member_signs_for_itself_or_by_its_broker_the_words_that_it_was_shown(made):
    draft = strategy(made)
    shown = words_hash(draft)

    def sign(company, by, words=shown):
        return sign_strategy(strategy=draft, company=company, signer="Aino", shown_hash=words, by=by)

    for company, by in ((made.finnish, made.ana), (made.finnish, made.jan)):
        with pytest.raises(NotAllowedError):
            sign(company, by)
    with pytest.raises(WrongStateError):
        sign(made.finnish, made.aino, "other words")
    assert sign(made.finnish, made.johanna).signer == "Aino"
    stranger = factories.company("Obcy", host=made.polish.host, owner=made.brokers[0])
    with pytest.raises(NotAllowedError):
        sign(stranger, made.ana)


def test_everybody_who_has_not_signed_is_asked_once_for_the_same_words(made):
    draft = strategy(made)

    ask_for_signatures(strategy=draft, by=made.ana)
    ask_for_signatures(strategy=draft, by=made.ana)

    waiting = InboxItem.objects.filter(notice="matching.cooperation.strategy_to_sign", waits=True)
    assert {item.user.public_id for item in waiting} == {made.jan.id, made.johanna.id, made.aino.id}


def test_only_own_firms_and_their_partners_take_part(made):
    unknown = factories.company("Nieznany", host=factories.host("LT"), owner=None)

    assert set(candidates(made.ana)) == {made.polish, made.finnish}
    with pytest.raises(BadInputError):
        draft_strategy(
            values={"title": "A", "goal": "B", "domain": factories.domain()}, companies=[unknown], by=made.ana
        )


def test_lead_alone_changes_it_and_nobody_what_is_agreed(made):
    signed = strategy(made, signed=True)
    for by in (made.johanna, made.jan, made.aino):
        with pytest.raises(NotAllowedError):
            change_strategy(strategy=signed, values={"goal": "Mine."}, by=by)
    move_strategy(strategy=signed, by=made.ana)

    with pytest.raises(WrongStateError):
        change_strategy(strategy=signed, values={"goal": "Late."}, by=made.ana)


def test_it_is_carried_out_and_completed(made):
    signed = strategy(made, signed=True)
    statuses = [move_strategy(strategy=signed, by=made.ana).status for _ in range(2)]
    done = finish_activity(activity=signed.activities.get(), by=made.ana)
    statuses.append(move_strategy(strategy=signed, by=made.ana).status)

    assert statuses == ["agreed", "in_implementation", "completed"]
    assert done.done_at
    with pytest.raises(WrongStateError):
        move_strategy(strategy=signed, by=made.ana)


def test_members_see_it_once_they_are_asked_and_strangers_never(made):
    draft = strategy(made)
    for by in (made.jan, made.johanna, made.aino):
        assert not JointStrategy.objects.visible_to(by).exists()
    ask_for_signatures(strategy=draft, by=made.ana)
    outsider = factories.actor(factories.broker("Kadri Tamm", organisation=factories.host("EE")))

    for by in (made.ana, made.jan, made.johanna, made.aino):
        assert JointStrategy.objects.visible_to(by).get() == draft
    assert not JointStrategy.objects.visible_to(outsider).exists()


def test_it_is_printed_with_words_that_are_no_markup(made):
    draft = strategy(made, title='#import "x" 🌲 שלום', goal="*bold* $x^2$ \x07 #panic()")

    assert strategy_pdf(draft, "fi", made.ana).startswith(b"%PDF-")
