from io import StringIO

from django.core.management import call_command


def test_counts_of_findings_and_texts_are_told_and_no_words(tmp_path):
    file = tmp_path / "companies.csv"
    file.write_text(
        "name,website,city,description_en\n"
        "Oak Forge OY,https://oakforge.example,Kotka,Oak Forge is in Kotka. Oak Forge planes.\n"
        "Elm OY,,,We plane.\n"
    )
    told = StringIO()

    call_command("report_text_checks", str(file), stdout=told)

    assert "2 texts" in told.getvalue()
    assert "| name | blocker | 2 | 1 |" in told.getvalue()
    assert "| first_person | minor | 1 | 1 |" in told.getvalue()
    assert "Forge" not in told.getvalue()
