"""The models: choices, weight files and back, damaged files, and the files that the package carries."""

from __future__ import annotations

import gzip
import math
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from musnad.errors import ModelError
from musnad.find.edges import ROLE_MODULES
from musnad.model import clusters as clusters_module
from musnad.model import maxent
from musnad.model.clusters import clusters
from musnad.model.maxent import (
    choose,
    decide,
    dump,
    grouped,
    heaviest,
    labeller,
    memos,
    models,
    parse,
    spelled,
    total,
)  # fmt: skip

NAMES = st.text(st.characters(exclude_characters="\n\t\r", exclude_categories=("Cs",)), min_size=1, max_size=8)
WEIGHTS = st.dictionaries(NAMES, st.integers(-9000, 9000).map(lambda n: n / 1000), max_size=6)


def test_total_counts_every_feature_and_knows_no_others() -> None:
    assert total({"a": 1.5, "b": -0.5}, ["a", "a", "b", "c"]) == pytest.approx(2.5)
    assert total({}, ["a"]) == 0.0


def test_decide_takes_the_largest_sum() -> None:
    choice = decide([0.0, 2.0, 1.0])
    assert (choice.index, choice.margin, choice.scores) == (1, 1.0, (0.0, 2.0, 1.0))
    assert choice.probability == pytest.approx(math.exp(2) / (1 + math.exp(2) + math.exp(1)))


def test_decide_takes_the_first_among_equals() -> None:
    assert decide([1.0, 1.0]).index == 0
    assert decide([1.0, 1.0]).margin == 0.0


def test_a_choice_of_one_is_sure() -> None:
    choice = decide([-3.0])
    assert (choice.index, choice.probability) == (0, 1.0)
    assert choice.margin > 10


def test_large_sums_do_not_overflow() -> None:
    choice = decide([-4000.0, 4000.0])
    assert choice.index == 1 and choice.probability == 1.0


def test_no_candidates_are_an_error() -> None:
    with pytest.raises(ValueError):
        decide([])


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=8))
def test_probabilities_and_margins(scores: list[float]) -> None:
    choice = decide(scores)
    assert scores[choice.index] == max(scores)
    assert 1 / len(scores) - 1e-9 <= choice.probability <= 1 and choice.margin >= 0


def test_choose_adds_up_features() -> None:
    weights = {"x": 1.0, "y": -2.0}
    choice = choose(weights, [["y"], ["x", "y"], ["x"], []])
    assert choice.index == 2 and choice.scores == (-2.0, -1.0, 1.0, 0.0)


def colour(name: str, size: int) -> list[str]:
    return [f"c{name}", f"c{name}|{size}"]


def shape(name: str) -> list[str]:
    return [f"s{name}"]


def test_groups_add_up_to_their_features() -> None:
    weights = {"cred": 1.0, "cred|2": 0.25, "sround": -2.0, "big": 8.0}
    groups = (colour, shape)
    for candidate, names, score in (
        ((("red", 2), ("round",)), ["cred", "cred|2", "sround"], -0.75),
        ((("red", 3), None), ["cred", "cred|3"], 1.0),
        ((None, ("round",)), ["sround"], -2.0),
    ):
        for _ in range(2):  # worked out, then kept
            assert grouped(memos(weights, groups), weights, (candidate, ("big", "odd"))) == score + 8.0
        assert spelled(groups, (candidate, ("odd",))) == [*names, "odd"]


def test_sums_are_kept_for_each_model() -> None:
    one, other = {"sround": 1.0}, {"sround": 5.0}
    assert memos(one, (shape,)) is memos(one, (shape,))
    assert [memos(w, (shape,))[0][("round",)] for w in (one, other, one)] == [1.0, 5.0, 1.0]


SMALL = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(-9000, 9000).map(lambda n: n / 1000), max_size=8)


@given(st.lists(SMALL, min_size=1, max_size=13), st.lists(st.sampled_from("abcdefghxy"), max_size=40))
def test_labels_together_say_what_each_says_alone(many: list[dict[str, float]], features: list[str]) -> None:
    labels = [f"label{n}" for n in range(len(many))]
    one = {f"{label}/{f}": w for label, weights in zip(labels, many, strict=True) for f, w in weights.items()}
    spelt = [total(one, [f"{label}/{f}" for f in features]) for label in labels]
    assert labeller(one, labels).scores(features) == pytest.approx(spelt)


def test_heaviest_names_the_known_features_by_size() -> None:
    weights = {"a": 0.1, "b": -3.0, "c": 2.0}
    assert heaviest(weights, ["a", "b", "c", "unknown"], most=2) == (("b", -3.0), ("c", 2.0))


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(NAMES, WEIGHTS, max_size=4))
@example({"0": {"#model ": 0.001}})
def test_weights_survive_their_file(weights: dict[str, dict[str, float]]) -> None:
    back = parse(dump(weights))
    assert set(back) == set(weights)
    for name, table in weights.items():
        assert back[name] == pytest.approx({k: v for k, v in table.items() if round(v * 1000)})


def test_the_file_is_sorted_and_rounded() -> None:
    assert dump({"m": {"b": 0.0004, "a": -1.2345}, "l": {}}) == "#version 2\n#model l\n#model m\na\t-1234\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#model m\na\t1\n",
        "#version 0\n#model m\na\t1\n",
        "#version 2\n#model m\na\tmuch\n",
        "#version 2\n#model m\nno weight\n",
        "#version 2\na\t1\n",
        "#version 2\na\t1\n#model m\n",
    ],
)
def test_bad_weights_are_a_model_error(text: str) -> None:
    with pytest.raises(ModelError) as error:
        parse(text)
    assert error.value.remedy


DAMAGED = {
    "missing": None,
    "no gzip": b"#version 2\n",
    "cut off": gzip.compress(b"#version 2\n#model m\n" + bytes(range(48, 122)) * 40)[:40],
    "no text": gzip.compress(b"\xff\xfe\x00"),
}


@pytest.mark.parametrize("how", DAMAGED)
@pytest.mark.parametrize("module", [maxent, clusters_module], ids=["weights", "clusters"])
def test_damaged_files_are_a_model_error(
    how: str, module: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "model.gz"
    if (data := DAMAGED[how]) is not None:
        path.write_bytes(data)
    monkeypatch.setattr(module, "_FILE", path)
    load = models if module is maxent else clusters
    load.cache_clear()
    try:
        with pytest.raises(ModelError):
            load()
    finally:
        load.cache_clear()


def test_the_trained_weights_load() -> None:
    found = models()
    roles = {f"{role}.{edge}" for role in ROLE_MODULES for edge in ("start", "end")}
    assert set(found) >= roles | {"gate", "start", "end", "form", "act", "anonymous", "carry", "verification"}
    assert all(table for table in found.values())
    assert models() is found, "read once"


def test_nobody_can_change_the_trained_weights() -> None:
    with pytest.raises(TypeError):
        models()["extra"] = {}  # type: ignore[index]


def test_the_clusters_load() -> None:
    found = clusters()
    assert len(found) > 10_000
    coarse = {pair[0] for pair in found.values()}
    fine = {pair[1] for pair in found.values()}
    assert 1 < len(coarse) < len(fine) < len(found)
    assert clusters() is found
