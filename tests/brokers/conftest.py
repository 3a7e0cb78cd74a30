"""The small world of reference data with two host organisations in it."""

import pytest

from tests.regions.conftest import Folder

HOSTS = [
    "number,slug,name,short_name,country,kind,nuts,website,city,source,verified",
    "1,pfrr,Podlaska Foundation,PFRR,PL,regional_development,PL84,https://pfrr.example,Białystok,seen,yes",
    "2,vpr,Vidzeme Region,VPR,LV,regional_authority,LV00C;LV00,,Cēsis,seen,no",
]


@pytest.fixture
def folder(tmp_path):
    made = Folder(tmp_path)
    made.write("host_organisations", HOSTS)
    return made
