"""What is read before the first visitor comes, and that a server may fork afterwards."""

import threading

from celery.signals import worker_init, worker_process_init
from django.template import engines

from matching.services import vectors
from tibs import celery
from tibs.core.warming import load_pages


def test_every_template_is_compiled_without_a_query_a_thread_or_the_encoder():
    """A test without a database: a query would fail."""
    threads, loaded = threading.active_count(), vectors.encoder.cache_info().misses
    engine = engines["django"].engine

    load_pages()

    assert threading.active_count() == threads
    assert vectors.encoder.cache_info().misses == loaded
    assert "pages/opportunities.html" in engine.template_loaders[0].get_template_cache


def test_worker_reads_pages_before_the_fork_and_the_encoder_after_it():
    def told(signal):
        return [receiver() for _, receiver in signal.receivers]

    assert celery.load_before_the_fork in told(worker_init)
    assert celery.load_after_the_fork in told(worker_process_init)
    assert celery.load_before_the_fork not in told(worker_process_init)


def test_process_of_a_worker_has_its_encoder_before_its_first_task():
    celery.load_after_the_fork()

    assert vectors.encoder.cache_info().currsize == 1
