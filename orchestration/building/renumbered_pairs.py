"""Pairs of lines that a unit itself answered by giving hazards other numbers, as of a moment.

Belongs here: which pairs these are. Does not belong here: comparing lines (ingest.hazards.hazard_identity), what joins
(hazard_links.py).

A list numbered anew says the same of the same hazards under other numbers: same enterprise, day and words. Such lines
are one hazard (`renumbered`), unless one list holds two of them, for then nobody can tell which is which. And where two
hazards bore one number, the question which of them it is has its answer as soon as one of them bears another
(`corrected`). Both are read from all lists received, not from their order, and hold no longer than the lists say so.
"""

from __future__ import annotations

from typing import Final

RENUMBERED_PAIRS: Final = """
    with told as (
        select
            pairs.pair_id, pairs.signature_a, pairs.signature_b,
            one.number_key = other.number_key as is_one_number,
            (one.campaign_id, one.unit_id, one.enterprise_key, one.hazard_key, one.found_on) as words,
            one.enterprise_key <> '' and one.enterprise_key = other.enterprise_key
            and one.hazard_key <> '' and one.hazard_key = other.hazard_key
            and coalesce(one.found_on = other.found_on, false)
            and one.place is not distinct from other.place as is_alike
        from read_parquet($pairs) as pairs
        inner join read_parquet($signatures, union_by_name = true) as one on pairs.signature_a = one.signature
        inner join read_parquet($signatures, union_by_name = true) as other on pairs.signature_b = other.signature
        where pairs.kind = 'same' and not pairs.is_sure and pairs.received_at <= $as_of
            and one.number_key <> '' and other.number_key <> ''
    ),

    sides as (
        select distinct words, unnest([signature_a, signature_b]) as signature
        from told
        where is_alike and not is_one_number
    ),

    listed as (
        select sides.words, lines.signature, lines.submission_id, lines.received_at
        from read_parquet($lines, union_by_name = true) as lines
        inner join sides using (signature)
        where lines.received_at <= $as_of
    ),

    beside_each_other as (
        select words from listed group by words, submission_id having count(distinct signature) > 1
    ),

    renumbered as (
        select told.pair_id, told.signature_a, told.signature_b
        from told
        where is_alike and not is_one_number and words not in (select words from beside_each_other)
    ),

    last_listed as (select signature, max(received_at) as listed_at from listed group by signature),

    given_up as (
        select case when one.listed_at < other.listed_at then one.signature else other.signature end as signature
        from renumbered
        inner join last_listed as one on renumbered.signature_a = one.signature
        inner join last_listed as other on renumbered.signature_b = other.signature
        where one.listed_at <> other.listed_at
    )

    select pair_id, 'renumbered' as answer from renumbered
    union all
    select pair_id, 'corrected' as answer
    from told
    where is_one_number and (signature_a in (from given_up) or signature_b in (from given_up))
"""
