"""What a unit's list and form say on a cut-off, as queries over the planted hazards.

Belongs here: the state of a hazard's line by its days, and the first six items of a form that tells the truth. Does not
belong here: what was planted (planted_hazards.py), writing it into a raw zone (generated_province.py).
"""

from __future__ import annotations

from benchmarks.generated_area import CAMPAIGN_ID

# One line of a list as it stood on a cut-off; the columns of the raw table that are not named are null.
LINES = f"""
    select
        unit_id || ' {{period}} hazard_list{{version}}' as submission_id,
        '{CAMPAIGN_ID}' as campaign_id,
        'hazard_list' as form_id,
        unit_id,
        '{{period}}' as period,
        row_number() over (partition by unit_id order by found_on, hazard)::int as row_number,
        left(sha256(concat_ws(chr(31), '{CAMPAIGN_ID}', unit_id, number_key, enterprise_key, key, found_on)), 20)
            as signature,
        number_key, enterprise_key, key as hazard_key,
        nullif(number, '') as hazard_number,
        enterprise, words as hazard, level, source, found_on,
        case when source = 'inspection' then '市应急局' end as found_by,
        case when listed_on <= $cutoff then 'county' end as listed_level,
        case when listed_on <= $cutoff then '市安委会' end as listed_by,
        case when listed_on <= $cutoff then listed_on end as listed_on,
        found_on + 30 as due_on,
        case
            when reopened_on <= $cutoff and rectified_again_on <= $cutoff then rectified_again_on
            when rectified_on <= $cutoff then rectified_on
        end as rectified_on,
        case when closed_on <= $cutoff and not coalesce(reopened_on <= $cutoff, false) then closed_on end as closed_on,
        case when closed_on <= $cutoff then '市应急局' end as signed_off_by,
        case when reopened_on <= $cutoff then reopened_on end as looked_back_on,
        case when reopened_on <= $cutoff then 'relapsed' end as lookback_result,
        case when reopened_on <= $cutoff then reopened_on end as reopened_on,
        '限期整改' as measures,
        true as has_responsible,
        true as has_measures,
        false as has_emergency_plan,
        '清单' as sheet_name,
        (row_number() over (partition by unit_id order by found_on, hazard) + 3)::varchar as row_ref,
        $received_at as received_at
    from (
        select
            *,
            case when second_from <= $cutoff then second_wording else wording end as words,
            case when second_from <= $cutoff then second_key else wording_key end as key
        from planted
        where found_on <= $cutoff and (closed_on is null or reopened_on is not null or closed_on > $kept_since)
    )
"""  # noqa: S608 - constants

# What an office that knew everything would fill in: the first six items of the form.
FIRST_ITEMS = """
    with reports as (
        select
            *,
            (rectified_on <= $cutoff and not coalesce(reopened_on <= $cutoff, false))
                or coalesce(reopened_on <= $cutoff and rectified_again_on <= $cutoff, false) as is_rectified
        from planted
        where level = 'major' and found_on <= $cutoff
    )
    select
        unit_id,
        count(*) filter (where source = 'self_check'),
        count(*) filter (where source = 'self_check' and is_rectified),
        count(*) filter (where source = 'inspection'),
        count(*) filter (where source = 'inspection' and is_rectified),
        count(*) filter (where listed_on <= $cutoff),
        count(*) filter (where listed_on <= $cutoff and is_rectified)
    from reports
    group by unit_id
"""
