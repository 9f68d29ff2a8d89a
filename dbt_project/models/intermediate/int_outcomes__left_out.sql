{# Either hazard of a pair that waits for a person may be the missing one; what was closed before may be left out. #}
with waiting as (
    {% for hazard in ['hazard_id', 'other_hazard_id'] %}
        select
            campaign_id,
            {{ hazard }} as hazard_id,
            received_at
        from {{ ref('int_hazards__doubtful_pairs') }}
        where kind = 'same' and decision is null
        {{ 'union all' if not loop.last }}
    {% endfor %}
),

closed as (
    select
        blanked.campaign_id,
        blanked.hazard_id,
        blanked.closed_on,
        blanked.reported_as_of
    from {{ ref('int_hazards__blanked') }} as blanked
    where blanked.closed_on is not null and blanked.was_signed and not blanked.is_reopened
),

missed as (
    select
        left_out.campaign_id,
        left_out.form_id,
        left_out.unit_id,
        left_out.period,
        left_out.submission_id,
        left_out.hazard_id,
        left_out.received_at,
        lines.row_number as order_in_rule,
        lines.reported_as_of,
        greatest(
            lines.found_on,
            lines.reopened_on,
            case when lines.lookback_result = 'relapsed' then lines.looked_back_on end
        ) as last_found_on,
        coalesce(lines.live_rectified_on, lines.live_closed_on) is not null as is_rectified,
        coalesce(lines.enterprise || '：', '') as of_enterprise,
        ' ' || lines.hazard_number || ' ' as numbered,
        lines.hazard,
        lines.period as previous_period,
        previous.file_name || ' ' || lines.sheet_name || '!' || lines.row_ref as place
    from {{ ref('int_hazards__left_out') }} as left_out
    inner join {{ ref('int_hazards__lines') }} as lines
        on
            left_out.previous_submission_id = lines.submission_id
            and left_out.previous_row_number = lines.row_number
    inner join {{ ref('int_submissions__versioned') }} as previous
        on left_out.previous_submission_id = previous.submission_id
)

select
    missed.campaign_id,
    missed.form_id,
    missed.unit_id,
    missed.period,
    missed.submission_id,
    'HL-2-15' as rule_code,
    missed.order_in_rule,
    missed.of_enterprise || '隐患' || coalesce(missed.numbered, '') || '“' || missed.hazard || '”在 '
    || missed.previous_period || ' 的清单（' || missed.place || '）中有，'
    || case when missed.is_rectified then '尚未销号' else '尚未整改' end
    || '，本期清单没有列，台账仍按原状计。已整改、销号的，请保留该行并填日期；误报的，请说明；漏列的，请补报。' as message,
    missed.of_enterprise || 'the hazard' || coalesce(missed.numbered, ' ') || '"' || missed.hazard
    || '" stood in the list of ' || missed.previous_period || ' (' || missed.place || ') as '
    || case when missed.is_rectified then 'not closed' else 'not rectified' end
    || ' and is left out of this one; the ledger keeps it as it was. Keep the row and give the day it was rectified or'
    || ' closed, say that it was no hazard, or add it again.' as message_en,
    cast(null as string) as source_cell
from missed
anti join waiting
    on
        missed.campaign_id = waiting.campaign_id
        and missed.hazard_id = waiting.hazard_id
        and missed.received_at >= waiting.received_at
anti join closed
    on
        missed.campaign_id = closed.campaign_id
        and missed.hazard_id = closed.hazard_id
        and missed.reported_as_of >= closed.reported_as_of
        and coalesce(missed.last_found_on <= closed.closed_on, true)
