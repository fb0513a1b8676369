"""What becomes of the names in a text: the places that a reader would see, and the traps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.geoparser import Geoparser
from geodata.model import MentionType
from geodata.priors import Weights
from geodata.resolution import Resolver

if TYPE_CHECKING:
    from geodata.gazetteer import Gazetteer


def places(geoparser: Geoparser, text: str) -> dict[str, str | None]:
    """Map phrases to "Name CC" of their places; adjectives are left out."""
    return {
        resolution.mention.phrase: (
            f"{resolution.place.name} {resolution.place.country_code}".strip() if resolution.place else None
        )
        for resolution in geoparser.parse(text)
        if resolution.mention.type is not MentionType.ADJECTIVAL
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A blast in Mastung, Balochistan, killed many.", {"Mastung": "Mastung PK", "Balochistan": "Balochistan PK"}),
        ("Protesters met in Tripoli. Libya is calm.", {"Tripoli": "Tripoli LY", "Libya": "Libya LY"}),
        ("Troops entered Tripoli, Lebanon.", {"Tripoli": "Tripoli LB", "Lebanon": "Lebanon LB"}),
        ("They flew from Paris, Texas.", {"Paris": "Paris US", "Texas": "Texas US"}),
        ("The talks in Paris went on.", {"Paris": "Paris FR"}),
        ("Fighters left Mastung district of Pakistan.", {"Mastung district": "Mastung District PK", "Pakistan": "Pakistan PK"}),
        ("Planes use Al-Jufra airbase in Libya.", {"Al-Jufra airbase": "Al Jufra Air Base LY", "Libya": "Libya LY"}),
        ("В Москва прошёл саммит.", {"Москва": "Moscow RU"}),
        ("The US acted; let us see.", {"US": "United States US"}),
        ("They flew from Paris, Tex., at noon.", {"Paris": "Paris US", "Tex": "Texas US"}),
        ("They flew from Paris, TX.", {"Paris": "Paris US", "TX": "Texas US"}),
        ("A TX unit in Paris; Tex left.", {"Paris": "Paris FR"}),
    ],
)  # fmt: skip
def test_parse_places_names(geoparser: Geoparser, text: str, expected: dict[str, str]) -> None:
    assert places(geoparser, text) == expected


def test_parse_does_not_remember_other_texts(gazetteer: Gazetteer) -> None:
    texts = [
        "Protesters met in Tripoli. Libya is calm.",
        "Troops entered Tripoli, Lebanon.",
        "They left Tripoli.",
        "Fighters left the district of Mastung.",
        "A blast in Mastung.",
    ]
    fresh = [Geoparser(gazetteer).parse(text) for text in texts]
    used = Geoparser(gazetteer)
    for text in texts:
        used.parse(text)
    assert [used.parse(text) for text in reversed(texts)] == fresh[::-1]


@pytest.mark.parametrize(
    "text",
    [
        "Héctor Paris was not there.",
        "President Washington spoke.",
        "The gang Tren de Aragua was there.",
        "Michael Rubin, Rising? Washington: AEI Press, 2016.",
        "The Washington Post reported it.",
        "Read https://example.org/paris/moscow today.",
        "The agents of “Paris” listened.",
        "They named it “Moscow Storm,” says a source.",
        "Radio Free Moscow and Dinamo Moscow celebrated.",
        "The Tehreek-e-Taliban-e-Pakistan denied it.",
        "It was in Moscow Today, a paper.",
    ],
)
def test_parse_keeps_people_organisations_and_publishers_off_the_map(geoparser: Geoparser, text: str) -> None:
    assert places(geoparser, text) == {}


def test_parse_takes_a_misspelt_small_place_for_the_one_the_text_speaks_of(geoparser: Geoparser) -> None:
    text = (
        "Pakistan mourns. The attack in Mastung, Balochistan, killed 59. Police in Mastung said that the convoy"
        " was going towards the Mustang from Quetta."
    )
    resolution = next(found for found in geoparser.parse(text) if found.mention.phrase == "Mustang")
    assert resolution.place is not None
    assert resolution.place.name == "Mastung"
    assert "spelling of Mastung" in resolution.reasons[0]


def test_parse_leaves_a_small_place_out_when_nothing_speaks_for_its_country(geoparser: Geoparser) -> None:
    assert places(geoparser, "The Mustang sped through France.") == {"France": "France FR"}


def test_parse_marks_adjectives_as_such(geoparser: Geoparser) -> None:
    (resolution,) = geoparser.parse("a Libyan official")
    assert resolution.mention.type is MentionType.ADJECTIVAL
    assert resolution.place is not None
    assert resolution.place.name == "Libya"


def test_parse_tells_a_speaking_capital_from_a_scene(geoparser: Geoparser) -> None:
    types = {
        found.mention.phrase: found.mention.type
        for found in geoparser.parse("Moscow said no. A fire in Paris.")
    }
    assert types == {"Moscow": MentionType.METONYMIC, "Paris": MentionType.LITERAL}


def test_parse_gives_the_runner_up_and_reasons(geoparser: Geoparser) -> None:
    (first,) = geoparser.parse("Troops entered Tripoli.")
    assert first.reasons == ("best known of 2 places of this name",)
    assert [candidate.place.country_code for candidate in first.alternatives] == ["LB"]
    assert first.alternatives[0].score < first.score < 1


def test_parse_says_which_container_decided(geoparser: Geoparser) -> None:
    assert "Lebanon contains it" in geoparser.parse("Troops entered Tripoli, Lebanon.")[0].reasons


def test_resolve_spans_answers_each_span_in_its_order(geoparser: Geoparser) -> None:
    text = "From Nowhereville to Tripoli, Lebanon"
    answers = geoparser.resolve_spans(text, [(21, 28), (5, 17)])
    assert [answer.mention.phrase for answer in answers] == ["Tripoli", "Nowhereville"]
    assert answers[0].place is not None
    assert answers[1].place is None
    assert answers[1].reasons == ("no place of this name is known",)


def test_resolve_spans_refuses_a_span_outside_the_text(geoparser: Geoparser) -> None:
    with pytest.raises(ValueError, match="offsets within a text of 5 characters"):
        geoparser.resolve_spans("Paris", [(0, 6)])


WORDS = st.sampled_from(
    (
        "Paris Libya Libyan Tripoli Mastung Balochistan of the de in , . : ( ) Post President"
        " Al- Jufra US us \n\n 🙂 مالي Москва \u202e Tren"
    ).split()
)


@settings(max_examples=200)
@given(st.lists(WORDS | st.text(max_size=8), max_size=30).map(" ".join))
def test_parse_offsets_slice_to_the_phrase_and_coordinates_are_on_earth(
    geoparser: Geoparser, text: str
) -> None:
    resolutions = geoparser.parse(text)
    assert resolutions == geoparser.parse(text)
    end = 0
    for resolution in resolutions:
        mention = resolution.mention
        assert text[mention.start : mention.end] == mention.phrase
        assert end <= mention.start
        end = mention.end
        assert 0 <= resolution.score <= 1
        if resolution.place is not None:
            assert -90 <= resolution.place.latitude <= 90
            assert -180 <= resolution.place.longitude <= 180


def test_id_tells_configurations_and_gazetteers_apart(gazetteer: Gazetteer) -> None:
    """Stored answers carry the id, and are made anew when it differs."""
    weights = Resolver(gazetteer, weights=Weights(population=9.0)).id
    assert weights != Resolver(gazetteer).id == Resolver(gazetteer).id
    assert gazetteer.info.fingerprint in Geoparser(gazetteer).id
