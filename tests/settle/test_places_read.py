"""Places as a reading gives them: once a name, with entities, evidence and plain values."""

from __future__ import annotations

import jsonschema
import pytest
from reading_cases import reading, rows

import musnad
from musnad.errors import UsageError
from musnad.show.schema import schema

TEXTS = [row["text"] for row in rows("find_places") if row["case"] == "yes"][:40]
ARTICLE = " ".join(TEXTS)


def test_each_place_is_given_once() -> None:
    found = musnad.find_places(ARTICLE)
    keys = [(p.name, p.country, p.kind) for p in found]
    assert len(found) > 60
    assert len(set(keys)) > 0.9 * len(keys), "two spellings of one place may stand side by side, not more"
    assert [p.span for p in found] == sorted(p.span for p in found)


def test_a_repeated_name_is_one_place_with_all_mentions() -> None:
    text = f"{TEXTS[0]} {TEXTS[0]}"
    once, twice = musnad.find_places(TEXTS[0]), reading(text)
    assert [p.name for p in once] == [p.name for p in twice.places]
    for place in twice.places:
        entity = twice.entity(place.entity)
        assert entity is not None and entity.kind == "place" and len(entity.mentions) == 2
        assert place.span in entity.mentions
        assert entity.ids["iso3166"] == place.country and entity.ids.get("geonames") == place.geonames


def test_values_carry_evidence_and_keep_the_schema() -> None:
    found = reading(ARTICLE)
    assert found.places
    for place in found.places:
        assert {e.slot for e in place.evidence} == {"place", "country"} and all(e.rule for e in place.evidence)
        assert place.basis in ("listed", "chosen", "context", None)
        assert (place.country is None) >= (place.basis is None)
        assert (place.precision is None) == (place.latitude is None)
        assert place.precision is None or (place.precision == "place") == (place.kind in ("city", "site"))
    assert "place" in {place.precision for place in found.places}
    jsonschema.validate(found.to_dict(), schema())


def test_entities_have_ids_of_their_own() -> None:
    found = reading(ARTICLE)
    ids = [e.id for e in found.entities]
    assert len(set(ids)) == len(ids)
    assert {p.entity for p in found.places} <= set(ids)


def test_texts_without_places_have_none() -> None:
    assert musnad.find_places("") == () == musnad.find_places("1 2 3")


def test_only_strings_are_taken() -> None:
    with pytest.raises(UsageError):
        musnad.find_places(None)  # type: ignore[arg-type]
