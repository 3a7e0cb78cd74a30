"""A small world of reference data: two countries, a few regions and branches, in a folder of its own."""

import pytest

FILES = {
    "countries": [
        "code,default_language,time_zone,postcode_digits,"
        "name_en,name_pl,name_fi,name_da,name_de,name_et,name_lt,name_lv",
        "PL,pl,Europe/Warsaw,5,Poland,Polska,,,Polen,,,",
        "LV,lv,Europe/Riga,4,Latvia,Łotwa,,,Lettland,,,Latvija",
    ],
    "regions": [
        "code,nuts_version,level,country,parent,replaced_by,partner_area,map_x,map_y,"
        "name_en,name_pl,name_fi,name_da,name_de,name_et,name_lt,name_lv",
        "PL8,2024,1,PL,,,no,,,Eastern Macroregion,Makroregion wschodni,,,,,,",
        "PL84,2024,2,PL,PL8,,yes,3,2,Podlaskie,Podlaskie,,,,,,",
        "PL841,2024,3,PL,PL84,,no,,,Białystok area,Białostocki,,,,,,",
        "PL842,2024,3,PL,PL84,,no,,,Łomża area,Łomżyński,,,,,,",
        "LV0,2024,1,LV,,,no,,,Latvia,,,,,,,Latvija",
        "LV00,2024,2,LV,LV0,,no,,,Latvia,,,,,,,Latvija",
        "LV00C,2024,3,LV,LV00,,no,2,1,Vidzeme,,,,,,,Vidzeme",
        "LV008,2021,3,LV,LV00,LV00C,no,,,Vidzeme,,,,,,,Vidzeme",
    ],
    "nace_codes": [
        "code,level,parent,label_en,label_pl,label_fi,label_da,label_de,label_et,label_lt,label_lv",
        "C,1,,Manufacturing,,,,,,,",
        "26,2,C,Electronics,,,,,,,",
        "26.1,3,26,Components,,,,,,,",
        "26.11,4,26.1,Semiconductors,,,,,,,",
        "26.6,3,26,Electromedical equipment,,,,,,,",
        "27,2,C,Electrical equipment,,,,,,,",
    ],
    "s3_domains": [
        "code,position,name_en,name_pl,name_fi,name_da,name_de,name_et,name_lt,name_lv",
        "HEALTH,1,Health,Zdrowie,,,,,,",
        "ICT,2,Data,,,,,,,",
        "MANUF,3,Making,,,,,,,",
    ],
    "domain_nace": [
        "domain,nace,weight",
        "ICT,26,0.5",
        "MANUF,26,0.5",
        "HEALTH,26.6,1",
    ],
    "s3_priorities": [
        "code,region,country,start_year,end_year,"
        "title_en,title_pl,title_fi,title_da,title_de,title_et,title_lt,title_lv,source,verified",
        "PL84-2021-MED,PL84,,2021,2027,Medical sector,Sektor medyczny,,,,,,,strategy.example/pl,yes",
        "LV-2021-ICT,,LV,2021,,ICT,,,,,,,,strategy.example/lv,no",
    ],
    "s3_priority_domains": [
        "priority,domain,weight",
        "PL84-2021-MED,HEALTH,1",
        "LV-2021-ICT,ICT,0.5",
    ],
    "postcode_areas": [
        "country,prefix,region",
        "PL,15,PL841",
        "PL,18,PL841",
        "PL,184,PL842",
        "LV,41,LV00C",
    ],
}


class Folder:
    """A folder of reference data that a test can spoil or change line by line."""

    def __init__(self, path):
        self.path = path
        for name, lines in FILES.items():
            self.write(name, lines)

    def write(self, name, lines):
        (self.path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def lines(self, name):
        return (self.path / f"{name}.csv").read_text(encoding="utf-8").splitlines()

    def replace(self, name, old, new):
        text = (self.path / f"{name}.csv").read_text(encoding="utf-8")
        assert old in text
        (self.path / f"{name}.csv").write_text(text.replace(old, new), encoding="utf-8")

    def drop(self, name, start):
        self.write(name, [line for line in self.lines(name) if not line.startswith(start)])

    def append(self, name, *lines):
        self.write(name, [*self.lines(name), *lines])


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)
