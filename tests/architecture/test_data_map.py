"""The map of personal data names every column of every table, once (G-1)."""

import pytest
from django.apps import apps

from companies.data_map import AtErasure, Kind, column_names, tables
from companies.processing import ABOUT, BASES, KEPT, PURPOSES
from companies.register import register
from tests.architecture.sources import ROOT

LABELS = [model._meta.label for model in apps.get_models()]


def test_every_table_stands_in_the_map_and_every_entry_is_a_table():
    assert sorted(tables()) == sorted(LABELS)


@pytest.mark.parametrize("label", tables())
def test_every_column_is_tagged(label):
    table = tables()[label]

    assert sorted(table.kinds) == sorted(column_names(table.model)), (
        f"Tag every column of {label} in companies/data_map.toml: personal, restricted or none."
    )


@pytest.mark.parametrize("label", tables())
def test_what_stays_of_an_erased_firm_is_not_personal(label):
    table = tables()[label]

    assert (
        not table.is_of_firms
        or table.at_erasure != AtErasure.KEEP
        or not table.columns(Kind.PERSONAL, Kind.RESTRICTED)
    )


@pytest.mark.parametrize("label", tables())
def test_purpose_basis_and_time_have_words(label):
    table = tables()[label]

    assert table.about in ABOUT
    assert table.purpose in PURPOSES
    assert table.basis in BASES
    assert table.kept in KEPT


def test_untagged_column_would_be_noticed(monkeypatch):
    table = tables()["companies.Contact"]
    monkeypatch.delitem(table.kinds, "phone")

    assert sorted(table.kinds) != sorted(column_names(table.model))


def test_register_of_processing_agrees_with_the_map():
    assert (ROOT / "docs" / "processing-register.md").read_text() == register(), (
        "./run manage processing_register"
    )
