"""The authority: rows that hold together, names that tell bodies apart, and files of users with what may be wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import musnad
from musnad.errors import AuthorityError, UsageError
from musnad.lexicon.authority import TABLES, authority, name_words
from musnad.lexicon.loader import rows

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "my-actors.tsv"
NAME, OTHER = (row["name"] for row in rows("names/spellings")[:2])
Write = Callable[..., str]


@pytest.fixture
def table(tmp_path: Path) -> Write:
    """Writes a user's table and gives its path."""

    def write(*lines: str, name: str = "mine.tsv", header: str = "id\tname\taliases\tkind\tcountry") -> str:
        path = tmp_path / name
        path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
        return str(path)

    return write


def test_there_are_enough_bodies_with_translations() -> None:
    bodies = [body for body in authority().bodies.values() if body.kind != "place"]
    assert len(bodies) >= 300
    assert sum(body.english is not None for body in bodies) == len(bodies)
    assert sum(body.french is not None for body in bodies) >= 300
    assert sum(body.country is not None for body in bodies) >= 300


def test_ids_are_unique_and_rows_extend_rows_that_exist() -> None:
    ids = [row["id"] for table in TABLES for row in rows(table)]
    assert len(set(ids)) == len(ids)
    for name in TABLES:
        for row in rows(name):
            if row.get("of"):
                assert row["name"] in {other.key for other in rows(row["of"])}, row.id
            else:
                assert row.get("kind"), row.id


def test_no_name_tells_two_bodies() -> None:
    given: dict[tuple[str, ...], set[str]] = {}
    for name in TABLES:
        for row in rows(name):
            apart = {name_words(n) for n in row.all("except")}
            for spelt in (row["name"], *row.all("aliases")):
                if name_words(spelt) not in apart:
                    given.setdefault(name_words(spelt), set()).add(row["id"])
    assert [found for found in given.values() if len(found) > 1] == []


def test_spellings_of_one_name_lead_to_one_body() -> None:
    known = authority()
    seen = 0
    for row in rows("names/spellings"):
        body = known.names.get(name_words(row["name"]))
        if body is not None and row.all("variants"):
            seen += 1
            assert {known.names.get(name_words(form)) for form in row.all("variants")} == {body}
    assert seen


def test_the_example_is_read() -> None:
    known = authority((str(EXAMPLE),))
    assert known.bodies["my/refai"].kind == "person"
    assert known.of(name_words(known.bodies["my/dam-workers"].name)) == known.bodies["my/dam-workers"]


def test_the_example_gives_its_keys() -> None:
    text = (ROOT / "examples" / "dam.txt").read_text(encoding="utf-8")
    keys = {e.ids.get("key") for e in musnad.read(text, authority=EXAMPLE).entities}
    assert {"my/refai", "my/water"} <= keys
    assert not {"my/refai", "my/water"} & {e.ids.get("key") for e in musnad.read(text).entities}


def test_a_users_row_wins_over_the_package_and_a_later_file_over_an_earlier(table: Write) -> None:
    name = next(row["name"] for row in rows("authority/groups"))
    first = table(f"my/one\t{name}\t\tparty\tIQ")
    second = table(f"my/two\t{name}\t\tparty\t", name="later.tsv")
    for paths, wanted in (((first,), "my/one"), ((first, second), "my/two"), ((second, first), "my/one")):
        found = authority(paths).of(name_words(name))
        assert found is not None and found.id == wanted


def test_a_known_id_adds_names(table: Write) -> None:
    path = table(f"agency/reuters\t{NAME} {OTHER}\t\t\t")
    found = authority((path,)).of(name_words(f"{NAME} {OTHER}"))
    reuters = authority().bodies["agency/reuters"]
    assert found is not None
    assert (found.id, found.name, found.kind, found.country) == (reuters.id, reuters.name, "agency", "GB")


def test_a_folder_is_read_file_by_file(table: Write, tmp_path: Path) -> None:
    table(f"my/one\t{NAME}\t\t\t")
    table(f"my/two\t{OTHER}\t\t\t", name="other.tsv")
    assert {"my/one", "my/two"} <= set(authority((str(tmp_path),)).bodies)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("my/one\t\t\t\t", ":2: no name"),
        ("\tName\t\t\t", ":2: no id"),
        ("My One\tName\t\t\t", ":2: the id is not small letters"),
        ("my/one\tName\t\tclub\t", ":2: unknown kind"),
        ("my/one\tName\t\t\tIraq", ":2: the country is no code"),
        ("my/one\t...\t\t\t", ":2: a name without letters"),
        ("my/one\tName", ":2: 2 cells, the header names 5"),
    ],
)
def test_mistakes_are_told_with_their_line(table: Write, line: str, message: str) -> None:
    with pytest.raises(AuthorityError) as caught:
        musnad.read(f"{NAME} {OTHER}", authority=table(line))
    assert message in str(caught.value) and caught.value.code == "bad-authority" and caught.value.remedy
    assert isinstance(caught.value, UsageError)


def test_one_name_of_two_ids_is_a_mistake(table: Write) -> None:
    with pytest.raises(AuthorityError, match=r":3: the name is already that of my/one in line 2"):
        authority((table("my/one\tName\t\t\t", "my/two\tNAME\t\t\t"),))


def test_mistakes_of_the_file_are_told(table: Write, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    binary = tmp_path / "binary.tsv"
    binary.write_bytes(b"id\tname\n\xff\xfe\t\xc3\n")
    for path, message in (
        (str(tmp_path / "none.tsv"), "no such authority file"),
        (str(empty), "holds no .tsv file"),
        (str(binary), "not UTF-8"),
        (table(name="a.tsv"), "has no rows"),
        (table("a\tb", header="id\ttitle", name="b.tsv"), "no column name"),
        (table("a\tb\tc", header="id\tname\tof", name="c.tsv"), "unknown column"),
    ):
        with pytest.raises(AuthorityError, match=message):
            authority((path,))
