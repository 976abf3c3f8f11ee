"""Groups in which everybody is like everybody: no chain of likenesses puts unlike texts together."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Pair = tuple[int, int]


def complete_groups(
    likeness: Mapping[Pair, float],
    *,
    last: Callable[[Pair], bool] = lambda _: False,
    also: Callable[[Pair], bool] = lambda _: False,
) -> list[list[int]]:
    """Groups of two and more by complete linkage: the most alike pair first, and only where all pairs are in.

    Pairs are taken from the most to the least alike; the groups of the two join if every member of the one is paired
    with every member of the other. That is the complete-linkage criterion in one pass, in the order of Kruskal.

    Args:
        likeness: of pairs (the smaller number first) that may stand in one group. Pairs that may not are left out.
        last: pairs for which it is true wait until all others are done.
        also: pairs without a likeness that may stand in one group nevertheless.

    Returns: sorted groups of sorted numbers. Equal likenesses are settled by the smaller numbers, so that the same
        pairs always give the same groups.
    """
    group_of: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    for pair in sorted(likeness, key=lambda p: (last(p), -likeness[p], p)):
        a, b = (group_of.setdefault(one, one) for one in pair)
        mine, other = members.setdefault(a, [a]), members.setdefault(b, [b])
        if a == b:
            continue
        across = ((min(x, y), max(x, y)) for x in mine for y in other)
        if not all(one in likeness or also(one) for one in across):
            continue
        mine += members.pop(b)
        for one in other:
            group_of[one] = a
    return sorted(sorted(group) for group in members.values() if len(group) > 1)


def connected(near: Mapping[int, Mapping[int, float]], starts: set[int]) -> list[list[int]]:
    """The connected parts of a graph that hold one of ``starts``, each sorted.

    Args:
        near: node → its neighbours, both ways.
    """
    seen: set[int] = set()
    parts = []
    for start in sorted(starts):
        if start in seen or start not in near:
            continue
        seen.add(start)
        part, waiting = [], [start]
        while waiting:
            node = waiting.pop()
            part.append(node)
            fresh = [other for other in near[node] if other not in seen]
            seen.update(fresh)
            waiting += fresh
        parts.append(sorted(part))
    return parts
