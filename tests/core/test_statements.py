"""What an SQL statement writes."""

import pytest

from tibs.core.statements import written_by


@pytest.mark.parametrize(
    "sql",
    [
        'INSERT INTO "companies_company" ("name") VALUES (%s)',
        "insert into companies_company values (1)",
        "\n  UPDATE companies_company SET name = 'x'",
        "UPDATE ONLY companies_company SET name = 'x'",
        "DELETE FROM public.companies_company",
        'DELETE FROM "public"."companies_company"',
        "MERGE INTO companies_company USING x ON true WHEN MATCHED THEN DELETE",
        "TRUNCATE companies_company",
        "TRUNCATE TABLE companies_company",
        "WITH new AS (INSERT INTO companies_company VALUES (1) RETURNING id) SELECT * FROM new",
        "with gone as (delete\n from companies_company returning *) select 1",
        "/* harmless */ UPDATE companies_company SET name = ''",
        "-- harmless\nUPDATE companies_company SET name = ''",
        "SELECT 1; DELETE FROM companies_company",
        "EXPLAIN ANALYZE DELETE FROM companies_company",
    ],
)
def test_every_way_to_write_names_the_table(sql):
    assert written_by(sql) == {"companies_company"}


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 'INSERT INTO x', \"updated_at\" FROM companies_company",
        "SELECT $$delete from x$$",
        "SELECT 1 -- then DELETE FROM x",
        'SELECT * FROM companies_company FOR UPDATE OF "companies_company"',
        "SELECT * FROM companies_company FOR NO KEY UPDATE SKIP LOCKED",
        "(SELECT 1) UNION (SELECT 2)",
        "WITH some AS (SELECT 1) SELECT * FROM some",
        "SAVEPOINT s1",
        "RELEASE SAVEPOINT s1",
        "ROLLBACK TO SAVEPOINT s1",
        "",
    ],
)
def test_reading_names_nothing(sql):
    assert written_by(sql) == set()


def test_upsert_names_its_table_only():
    sql = "INSERT INTO django_session VALUES (1) ON CONFLICT (id) DO UPDATE SET session_data = ''"

    assert written_by(sql) == {"django_session"}


def test_two_tables_in_one_statement_are_both_named():
    sql = "WITH a AS (INSERT INTO django_session VALUES (1)) UPDATE companies_company SET name = ''"

    assert written_by(sql) == {"django_session", "companies_company"}


@pytest.mark.parametrize("command", ["DROP TABLE x", "COPY x FROM STDIN", "DO $$ BEGIN END $$", "CALL f()"])
def test_statement_of_an_unknown_kind_is_named_by_its_first_word(command):
    assert written_by(command) == {command.split()[0].lower()}
