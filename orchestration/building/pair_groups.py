"""Groups that pairs make: whatever pairs connect, named by its first member.

Belongs here: joining pairs to groups, and holding those apart that no one place can hold. Does not belong here: which
pairs join (hazard_links.py), which towns a line names (ingest.hazards.hazard_soil).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import combinations, product

Pairs = Iterable[tuple[str, str]]


def first_of_group(members: Iterable[str], pairs: Pairs) -> dict[str, str]:
    """The first member of each member's group; pairs join groups, in whatever order they come.

    Args:
        members: in the order that decides which one is first.
        pairs: of members; a pair with an unknown member joins nothing.
    """
    rank = {member: position for position, member in enumerate(members)}
    leader = {member: member for member in rank}

    def leader_of(member: str) -> str:
        while leader[member] != member:
            leader[member] = leader[leader[member]]
            member = leader[member]
        return member

    for one, other in pairs:
        if one in rank and other in rank:
            first, second = sorted((leader_of(one), leader_of(other)), key=rank.__getitem__)
            leader[second] = first
    return {member: leader_of(member) for member in rank}


def not_between(groups: Mapping[str, str], apart: Pairs, pairs: Pairs) -> list[tuple[str, str]]:
    """The pairs but those between two groups that are known not to be one, whichever members said so.

    Args:
        groups: the first member of each member's group.
        apart: pairs that are known not to be one.
        pairs: of members of the groups.
    """
    parted = {frozenset((groups[one], groups[other])) for one, other in apart}
    return [(one, other) for one, other in pairs if frozenset((groups[one], groups[other])) not in parted]


def first_in_one_place(
    members: Collection[str],
    settled: Pairs,
    likely: Pairs,
    apart: Pairs,
    places: Mapping[str, frozenset[str]],
    may_be_one: Callable[[frozenset[str]], bool],
) -> dict[str, str]:
    """The first member of each group, where likely pairs count only if all they bring together may be one place.

    What is like two things that lie apart is one of them at most, and which one nobody can tell: such a group falls
    into what the settled pairs make of it.

    Args:
        members: in the order that decides which one is first.
        settled: pairs that join whatever the places.
        likely: pairs that join where the places allow it.
        apart: pairs that are known not to be one; no likely pair brings together what is settled to be one with either.
        places: the places that a member names; a member that is missing may lie anywhere.
        may_be_one: whether all of these may be one place.
    """
    settled_in = first_of_group(members, settled)
    named: dict[str, set[str]] = defaultdict(set)
    for member, leader in settled_in.items():
        named[leader] |= places.get(member, frozenset())

    told_apart = {frozenset(settled_in.get(one, one) for one in pair) for pair in apart}

    def fit(one: str, other: str) -> bool:
        if frozenset((one, other)) in told_apart:
            return False
        pairs = [frozenset(pair) for pair in product(named[one], named[other])]
        return not pairs or any(map(may_be_one, pairs))

    # what is settled is one: its leader speaks for it
    led = {(settled_in.get(one, one), settled_in.get(other, other)) for one, other in likely}
    joined_in = first_of_group(members, (pair for pair in led if fit(*pair)))
    parts: dict[str, set[str]] = defaultdict(set)
    for leader in settled_in.values():
        parts[joined_in[leader]].add(leader)
    whole = {joined for joined, inside in parts.items() if all(fit(*pair) for pair in combinations(inside, 2))}
    return {
        member: joined if (joined := joined_in[leader]) in whole else leader for member, leader in settled_in.items()
    }
