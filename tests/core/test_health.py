"""What a load balancer asks."""

import pytest


@pytest.mark.django_db
def test_ready_says_that_every_part_answers(client):
    answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "queue": "ok"}


def test_live_asks_nothing_of_the_database(client):
    answer = client.get("/health/live")

    assert answer.json() == {"status": "ok"}
