"""TIBS: the platform of the Transnational Innovation Brokerage System."""

from tibs.celery import app as celery_app

__all__ = ["celery_app"]
