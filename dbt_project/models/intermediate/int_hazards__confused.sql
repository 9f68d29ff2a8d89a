with pairs as (
    select
        doubtful.*,
        ordered.position
    from {{ ref('int_hazards__doubtful_pairs') }} as doubtful
    inner join {{ ref('int_hazards__pairs_ordered') }} as ordered
        on doubtful.campaign_id = ordered.campaign_id and doubtful.pair_id = ordered.pair_id
    where doubtful.kind = 'same' and doubtful.decision is null
),

doubts as (
    select
        campaign_id,
        pair_id,
        position,
        reason,
        signature_a as signature
    from pairs
    union all
    select
        campaign_id,
        pair_id,
        position,
        reason,
        signature_b as signature
    from pairs
),

doubted_lines as (
    select
        lines.*,
        row_number() over (
            partition by lines.campaign_id, lines.signature
            order by
                lines.reported_as_of desc nulls last,
                lines.received_at desc nulls last,
                lines.submission_id desc nulls last
        ) as recency
    from {{ ref('int_hazards__lines') }} as lines
    semi join doubts on lines.campaign_id = doubts.campaign_id and lines.signature = doubts.signature
),

sides as (
    select
        doubts.campaign_id,
        doubts.pair_id,
        doubts.position,
        doubts.reason,
        lines.submission_id,
        lines.row_number,
        lines.period,
        lines.number_key,
        lines.hazard,
        lines.sheet_name || '!' || lines.row_ref as source_row,
        row_number() over (
            partition by doubts.campaign_id, doubts.pair_id
            order by
                lines.reported_as_of desc nulls last,
                lines.received_at desc nulls last,
                lines.submission_id desc nulls last,
                lines.row_number desc nulls last
        ) as recency
    from doubts
    inner join doubted_lines as lines
        on doubts.campaign_id = lines.campaign_id and doubts.signature = lines.signature and lines.recency = 1
)

select
    later.submission_id,
    later.row_number,
    {#- Among those of its own list: a list nobody sent again keeps its outcomes when others bring new pairs. #}
    row_number() over (partition by later.submission_id order by later.position asc nulls last) as order_in_rule,
    case when later.number_key <> '' and later.number_key = earlier.number_key then 'one_number' else 'one_hazard' end
        as kind,
    later.reason,
    earlier.period as other_period,
    earlier.source_row as other_row,
    earlier.hazard as other_hazard,
    earlier.submission_id = later.submission_id as is_in_one_list
from sides as later
inner join sides as earlier
    on
        later.campaign_id = earlier.campaign_id
        and later.pair_id = earlier.pair_id
        and later.recency = 1
        and earlier.recency = 2
union all
select
    submission_id,
    row_number,
    row_number as order_in_rule,
    'twice' as kind,
    cast(null as string) as reason,
    period as other_period,
    row_passed_over as other_row,
    hazard as other_hazard,
    true as is_in_one_list
from {{ ref('int_hazards__lines') }}
where is_worded_twice
