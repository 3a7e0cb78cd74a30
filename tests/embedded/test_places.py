"""Folders and programs of the embedded servers."""

import os

import pytest

from tibs.embedded import manager, places


def test_socket_folder_is_short_enough_for_a_deep_data_folder(tmp_path):
    deep = tmp_path / ("a" * 200) / "var"

    socket = places.socket_folder(deep) / "postgres" / ".s.PGSQL.5432"

    assert len(str(socket)) < 107


def test_socket_folder_does_not_depend_on_the_temporary_folder_of_a_process(tmp_path, monkeypatch):
    before = places.socket_folder(tmp_path)

    monkeypatch.setenv("TMPDIR", str(tmp_path))

    assert places.socket_folder(tmp_path) == before


def test_private_folder_keeps_others_from_listing_it(tmp_path):
    places.make_private(tmp_path / "sockets")

    assert (tmp_path / "sockets").stat().st_mode & 0o066 == 0


def test_link_that_somebody_put_in_our_place_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "sockets").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(PermissionError, match="belongs to somebody else"):
        places.make_private(tmp_path / "sockets")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make folders of somebody else")
def test_folder_of_somebody_else_is_refused(tmp_path):
    folder = tmp_path / "sockets"
    folder.mkdir()
    os.chown(folder, 65534, 65534)

    with pytest.raises(PermissionError, match="belongs to somebody else"):
        places.make_private(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="a normal user reaches its own folders")
def test_data_folder_that_postgres_cannot_reach_is_named(tmp_path, monkeypatch):
    tmp_path.chmod(0o700)
    monkeypatch.setenv("TIBS_VAR", str(tmp_path / "var"))

    with pytest.raises(PermissionError, match="Set TIBS_VAR"):
        manager.ensure_servers({})


@pytest.mark.parametrize("version", ["16.4", "9.6.24", "unknown"])
def test_postgres_that_is_too_old_is_refused_by_name(tmp_path, monkeypatch, version):
    for name in ("initdb", "postgres"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("TIBS_POSTGRES_BIN", str(tmp_path))

    with pytest.raises(places.MissingProgramError, match=f">= 17 found in: {tmp_path}"):
        places.postgres_programs()


def test_folder_without_programs_is_refused_by_name(tmp_path, monkeypatch):
    monkeypatch.setenv("TIBS_POSTGRES_BIN", str(tmp_path))

    with pytest.raises(places.MissingProgramError, match=str(tmp_path)):
        places.postgres_programs()
