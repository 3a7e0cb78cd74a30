"""The life cycle of a profile, as a table."""

from hypothesis import given
from hypothesis import strategies as st

from companies.choices import ProfileStatus
from companies.profile_stages import EDITABLE, MOVES, Act, Guard, acts_in, missing, move_of

WAY_OUT = {Guard.SERVED, Guard.REVIEWED, Guard.APPROVED, Guard.NAMELESS, Guard.CONSENTED, Guard.UNBLOCKED}
steps = st.lists(st.tuples(st.sampled_from(Act), st.sets(st.sampled_from(Guard))), max_size=25)


def walked(taken):
    """The states of a profile to which these acts are done, each with the guards that are met at that moment."""
    states, done = [ProfileStatus.DRAFT], []
    for act, met in taken:
        move = move_of(states[-1], act)
        if move and not missing(move, met):
            states.append(move.to)
            done.append((move, met))
    return states, done


def test_every_state_but_the_draft_is_entered_and_all_but_the_last_are_left():
    assert {move.to for move in MOVES.values()} == set(ProfileStatus)
    assert {move.start for move in MOVES.values()} == set(ProfileStatus) - {ProfileStatus.WITHDRAWN}


def test_what_is_withdrawn_is_gone_for_good():
    assert acts_in(ProfileStatus.WITHDRAWN) == []


def test_there_is_one_way_to_publication_and_it_asks_for_everything():
    ways = [move for move in MOVES.values() if move.to == ProfileStatus.PUBLISHED and move.act != Act.RENEW]

    assert [(way.start, way.act) for way in ways] == [(ProfileStatus.COMPANY_APPROVAL, Act.PUBLISH)]
    assert ways[0].guards == WAY_OUT


def test_nobody_is_asked_about_words_that_can_be_changed():
    assert not EDITABLE & {ProfileStatus.IN_REVIEW, ProfileStatus.COMPANY_APPROVAL}


def test_what_ended_comes_back_through_a_review_or_as_a_draft_and_within_a_year():
    ways = [move for move in MOVES.values() if move.start == ProfileStatus.EXPIRED]

    assert {way.to for way in ways} == {
        ProfileStatus.IN_REVIEW,
        ProfileStatus.DRAFT,
        ProfileStatus.WITHDRAWN,
    }
    assert all(Guard.RECENT in way.guards for way in ways if way.act != Act.WITHDRAW)


def test_missing_guards_come_in_the_order_in_which_one_sees_to_them():
    move = MOVES[ProfileStatus.COMPANY_APPROVAL, Act.PUBLISH]

    assert missing(move, {Guard.APPROVED}) == [
        Guard.SERVED,
        Guard.REVIEWED,
        Guard.NAMELESS,
        Guard.CONSENTED,
        Guard.UNBLOCKED,
    ]
    assert missing(move, set(Guard)) == []


@given(steps)
def test_whatever_happens_nothing_is_published_that_was_not_read_after_it_could_be_changed(taken):
    states, done = walked(taken)

    since_edit: list[Act] = []
    for move, met in done:
        since_edit = [] if move.to in EDITABLE else [*since_edit, move.act]
        if move.act == Act.PUBLISH:
            assert Act.SEND in since_edit
            assert Act.ACCEPT in since_edit
            assert met >= WAY_OUT
    assert len(states) == len(done) + 1


@given(steps)
def test_whatever_happens_every_state_but_the_last_can_be_left(taken):
    states, _done = walked(taken)

    assert states.count(ProfileStatus.WITHDRAWN) <= 1
    assert states[-1] == ProfileStatus.WITHDRAWN or Act.WITHDRAW in acts_in(states[-1])
