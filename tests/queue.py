"""What was really put on the queue."""

from typing import Any

from celery import current_app


def taken_from(name: str) -> list[Any]:
    """Take all messages off the named queue of the test broker."""
    messages = []
    with current_app.connection_for_read() as broker:
        queue = current_app.amqp.queues[name].bind(broker.default_channel)
        queue.declare()
        while message := queue.get(no_ack=True):
            messages.append(message)
    return messages
