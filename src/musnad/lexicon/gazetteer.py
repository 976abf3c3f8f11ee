"""The gazetteer: places by their names, read on first use (``places/gazetteer.txt.gz``, ``tools/build_gazetteer.py``).

Only names are taken apart when the file is read; places stay lines of text until somebody asks for one.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from musnad.lexicon.loader import DATA

FILE = DATA / "places" / "gazetteer.txt.gz"


class Known(NamedTuple):
    """One place of the gazetteer.

    Attributes:
        number: its line.
        name: as the press writes it.
        country: ISO 3166-1 alpha-2, or None for seas, disputed places and regions over several countries.
        kind: ``country``, ``region``, ``city``, ``site`` or ``other``.
        parent: the line of the province around it, or None.
        latitude, longitude: degrees (WGS 84), or None.
        population: inhabitants, or None where unknown.
        geonames: number at GeoNames, or None.
    """

    number: int
    name: str
    country: str | None
    kind: str
    parent: int | None
    latitude: float | None
    longitude: float | None
    population: int | None
    geonames: int | None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names and places.

    Attributes:
        names: folded name → its cells: numbers of its places (weightiest first, set apart by commas), level, and
            share of its uses as a place, in percent.
        firsts: first word of a name → its cells: the lengths in words of the names that begin with it, as digits,
            longest first; and the second words of these names, where some have several words.
        places: the places as lines.
    """

    names: Mapping[str, str]
    firsts: Mapping[str, str]
    places: tuple[str, ...]


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, read on first use."""
    places, names, several = gzip.decompress(FILE.read_bytes()).decode("utf-8").split("\n\n")
    table = dict(line.split("\t", 1) for line in names.split("\n"))
    firsts = dict.fromkeys(table, "1")  # a longer name as a key meets no word
    firsts |= dict(line.split("\t", 1) for line in several.strip().split("\n"))
    return Gazetteer(MappingProxyType(table), MappingProxyType(firsts), tuple(places.split("\n")))


@lru_cache(maxsize=4096)
def entry(name: str) -> tuple[tuple[int, ...], int, int | None]:
    """The numbers of the places of the listed folded ``name``, its level and its share as a place (percent)."""
    numbers, level, share = gazetteer().names[name].split("\t")
    return tuple(map(int, numbers.split(","))) if numbers else (), int(level), int(share) if share else None


@lru_cache(maxsize=4096)
def place(number: int) -> Known:
    """The place on line ``number``."""
    geonames, name, country, kind, parent, latitude, longitude, population = gazetteer().places[number].split("\t")
    return Known(
        number=number,
        name=name,
        country=country or None,
        kind=kind,
        parent=int(parent) if parent else None,
        latitude=float(latitude) if latitude else None,
        longitude=float(longitude) if longitude else None,
        population=int(population) if population else None,
        geonames=int(geonames) if geonames else None,
    )
