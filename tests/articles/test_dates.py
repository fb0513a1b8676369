from datetime import date

import pytest

from articles.dates import find_dates, infer_year, parse_date


@pytest.mark.parametrize(
    "text",
    [
        "3 October 2023",
        "3 Oct 2023",
        "3rd October, 2023",
        "October 3, 2023",
        "Oct. 3, 2023",
        "2023-10-03",
        "Tuesday, 3 October 2023",
        "03.10.2023",
    ],
)
def test_parse_date_reads_every_form(text):
    assert parse_date(text) == date(2023, 10, 3)


@pytest.mark.parametrize("text", ["October 2023", "3 October", "31 February 2023", "03/04/2023", "soon", ""])
def test_parse_date_leaves_what_is_no_full_date(text):
    assert parse_date(text) is None


def test_parse_date_reads_a_numeric_date_that_can_only_be_one_day():
    assert parse_date("25/04/2023") == date(2023, 4, 25)
    assert parse_date("04/25/2023") == date(2023, 4, 25)


def test_find_dates_gives_offsets_and_a_missing_year():
    (mention,) = find_dates("Agency, 14 October, https://a.example")
    assert (mention.start, mention.end, mention.year) == (8, 18, None)
    assert mention.date is None


def _mention(text):
    return next(iter(find_dates(text)))


def test_infer_year_prefers_the_date_in_the_link():
    others = [date(2019, 5, 1)]
    assert (
        infer_year(_mention("14 October"), url="https://a.example/2019/x/2021/10/13/y", others=others) == 2021
    )


def test_infer_year_takes_the_neighbour_nearest_in_time():
    others = [date(2024, 1, 3)]
    assert infer_year(_mention("30 December"), url="https://a.example/x", others=others) == 2023


def test_infer_year_without_evidence_is_none():
    assert infer_year(_mention("14 October"), url="https://a.example/x", others=[]) is None
