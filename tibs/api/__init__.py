"""Plumbing of the REST API, below the apps that answer: errors, paging, limits, conditions, documentation."""
