"""What a ledger keeps comes back byte for byte, in today's form and in earlier ones, or is told to be damaged."""

from __future__ import annotations

import json
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import stories
from hypothesis import given
from hypothesis import strategies as st

from musnad.keep import blobs
from musnad.keep.blobs import CODEC, EARLIER, blob, compress, expand, expand_any
from musnad.keep.bodies import pack_body, unpack_body
from musnad.keep.pack import unpack_versions, versions_json
from musnad.keep.raw import raw_bytes
from musnad.keep.versions import essentials, versions_of
from musnad.pipeline import read_article
from musnad.show.formats import dumps
from musnad.types import Article, Note, Reading

DICTIONARY = (Path(blobs.__file__).parent / "zlib1.dict").read_bytes()


def earlier(content: bytes) -> bytes:
    """``content`` as earlier versions compressed it."""
    packer = zlib.compressobj(6, zdict=DICTIONARY)
    return packer.compress(content) + packer.flush()


def readings() -> list[Reading]:
    told = [*stories("keep_stories"), *stories("pipeline_articles"), *stories("show_readings")]
    told += [article for family in stories("keep_families") for article in family["articles"]]  # type: ignore[attr-defined]
    texts = [story["text"] for story in told if isinstance(story.get("text"), str)]
    return [read_article(Article(text=text, id=f"a{n}", outlet="Q")) for n, text in enumerate(texts)]


@given(st.binary(max_size=300))
def test_any_bytes_come_back(content: bytes) -> None:
    made = blob(content)
    assert made.codec == CODEC
    assert expand(CODEC, made.data) == expand_any(earlier(content)) == expand(EARLIER, earlier(content)) == content


def test_threads_do_not_disturb_each_other() -> None:
    contents = [str(n).encode() * 5_000 for n in range(64)]
    with ThreadPoolExecutor(8) as pool:
        packed = list(pool.map(compress, contents * 4))
        assert list(pool.map(expand_any, packed)) == contents * 4


@pytest.mark.parametrize("at", [4, 5, 9, -30, -1])
def test_damage_is_told(at: int) -> None:
    data = bytearray(compress(bytes(range(256)) * 8))
    data[at] ^= 0xFF
    with pytest.raises(ValueError):
        expand_any(bytes(data))


def test_unknown_codecs_are_told() -> None:
    with pytest.raises(ValueError, match="unknown codec"):
        expand("zstd9", compress(b"x"))


def test_readings_come_back_as_they_were_made() -> None:
    made = readings()
    assert len(made) > 30 and any(r.quantities for r in made) and any(r.verifications for r in made)
    made.append(replace(made[0], notes=(Note(code="c", text="t", span=(1, 2)), Note(code="d", text="u"))))
    for reading in made:
        plain = json.loads(dumps(reading.to_dict()))
        del plain["text"]
        kept = unpack_body(pack_body(reading))
        assert kept == plain and list(kept) == list(plain)
        assert unpack_body(dumps(plain)) == plain  # as it was kept before
        assert len(pack_body(reading)) < len(dumps(plain)) + 1_200  # the names of the fields


def test_rows_are_read_by_the_names_that_they_came_with() -> None:
    kinds = {"Reading": ["id", "gone", "statements:Statement*", "one:Statement"], "Statement": ["id", "form"]}
    content = json.dumps({"kinds": kinds, "reading": ["a", 1, [["s1", "direct"]], None]})
    assert unpack_body(content) == {"id": "a", "gone": 1, "statements": [{"id": "s1", "form": "direct"}], "one": None}


def test_versions_are_the_same_from_records_and_from_json() -> None:
    for reading in readings():
        found = versions_of(reading)
        assert found == versions_of(reading.to_dict()) == versions_of(essentials(reading))
        for data in (compress(versions_json(found)), earlier(versions_json(found))):
            given = {"article": reading.id, "outlet": reading.outlet, "published": reading.published}
            assert unpack_versions(data, **given) == found


def test_inputs_of_earlier_ledgers_come_back() -> None:
    around = len(b'{"text": "').to_bytes(4, "big") + b'{"text": "' + b'", "id": 1}'
    assert raw_bytes(b"u" + earlier(around), "words") == b'{"text": "words", "id": 1}'
