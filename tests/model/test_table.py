"""Features as codes: templates, tables of weights, and that both say what strings and sums say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.errors import ModelError
from musnad.model import table as table_module
from musnad.model.codes import ABSENT, code
from musnad.model.maxent import total
from musnad.model.table import Table, table
from musnad.model.templates import GLUE, Templates, feature_code, shown

WORD = st.text(st.characters(exclude_categories=("Cs",), exclude_characters=GLUE), max_size=4)
CANDIDATES = st.lists(st.tuples(WORD, WORD, st.none() | WORD), min_size=1, max_size=5)
TEMPLATES = Templates("b A{x} A{x}|{y} A{y}", "B{z}{x}|{y} C{z}")


def columns(candidates: list[tuple[str, str, str | None]]) -> dict[str, np.ndarray]:
    found = zip("xyz", zip(*candidates, strict=True), strict=True)
    return {name: np.array([ABSENT if v is None else code(v) for v in own], np.int64) for name, own in found}


def test_templates_spell_what_they_hold() -> None:
    matrix = TEMPLATES.matrix(columns([("one", "2", None), ("", "|", "z")]))
    spelled = [[shown(f) for f in own] for own in TEMPLATES.spelled(matrix)]
    assert [sorted(own) for own in spelled] == [
        sorted(["b", "Aone", "Aone|2", "A2"]),
        sorted(["b", "A", "A||", "A|", "Bz||", "Cz"]),
    ]


def test_lists_make_a_feature_each() -> None:
    templates = Templates("L{list@}|{x}")
    found = {f"list{n}": np.array([code(v) if v else ABSENT]) for n, v in zip("1234", ("a", "b", "", ""), strict=True)}
    spelled = templates.spelled(templates.matrix({**found, "x": np.array([code("k")])}))[0]
    assert sorted(map(shown, spelled)) == ["La|k", "Lb|k"]
    codes = templates.codes(templates.matrix({**found, "x": np.array([code("k")])}))[:, 0].tolist()
    assert {feature_code(f) for f in spelled} <= set(codes)


def test_a_template_holds_no_more_values_than_there_are_multipliers() -> None:
    with pytest.raises(ValueError):
        Templates("".join(f"{{c{n}}}" for n in range(9)))


@given(CANDIDATES)
def test_codes_are_those_of_the_strings(candidates: list[tuple[str, str, str | None]]) -> None:
    matrix = TEMPLATES.matrix(columns(candidates))
    codes = TEMPLATES.codes(matrix)
    for n, features in enumerate(TEMPLATES.spelled(matrix)):
        assert {feature_code(f) for f in features} <= set(codes[:, n].tolist())


def test_values_do_not_run_together() -> None:
    templates = Templates("A{x}{y}")
    codes = templates.codes(templates.matrix(columns([("ab", "c", None), ("a", "bc", None), ("", "abc", None)])))
    assert len(set(codes[0].tolist())) == 3


@settings(max_examples=60)
@given(CANDIDATES, st.integers(1, 5), st.data())
def test_sums_are_those_of_the_strings(
    candidates: list[tuple[str, str, str | None]], lanes: int, data: st.DataObject
) -> None:
    matrix = TEMPLATES.matrix(columns(candidates))
    spelled = TEMPLATES.spelled(matrix)
    known = sorted({f for own in spelled for f in own} | {"unheard"})
    weight = st.integers(-9000, 9000).map(lambda n: n / 1000)
    models = [data.draw(st.dictionaries(st.sampled_from(known), weight)) for _ in range(lanes)]
    scores = Table(models).scores(TEMPLATES, matrix)
    assert scores.shape == (lanes, len(candidates))
    for lane, model in enumerate(models):
        assert scores[lane].tolist() == pytest.approx([total(model, own) for own in spelled])


@pytest.mark.parametrize("lanes", [1, 2, 3])
@pytest.mark.parametrize("number", [0, 1, 3, 12, 3000, 3100])
def test_crowded_tables_lose_no_weight(monkeypatch: pytest.MonkeyPatch, lanes: int, number: int) -> None:
    """Nearly all slots may be taken, and many codes share a multiplier."""
    monkeypatch.setattr(table_module, "_LOAD", 0.95)
    templates = Templates("W{x}")
    words = [f"w{n}" for n in range(number)]
    models = [{f"W{GLUE}{w}{GLUE}": (n + lane) / 1000 for n, w in enumerate(words)} for lane in range(lanes)]
    matrix = templates.matrix({"x": np.array([code(w) for w in [*words, "none"]])})
    scores = Table(models).scores(templates, matrix)
    for lane in range(lanes):
        assert scores[lane].tolist() == pytest.approx([(n + lane) / 1000 for n in range(number)] + [0.0])


def test_features_of_one_code_are_refused() -> None:
    """Values beyond the last multiplier do not count: such features are in no template."""
    six = "W" + f"{GLUE}v{GLUE}" * 6
    with pytest.raises(ModelError):
        Table([{f"{six}{GLUE}{last}{GLUE}": 1.0 for last in "ab"}])


def test_tables_are_kept_for_each_list_of_models() -> None:
    one, other = {"a": 1.0}, {"a": 2.0}
    assert table([one, other]) is table([one, other])
    assert table([one]) is not table([other])
