"""Kills processes that write and send letters, takes the mail server away, and counts what arrived."""
