with accidents as (
    select
        *,
        row_number() over (
            partition by campaign_id, form_id order by occurred_on asc nulls last, accident_number asc nulls last
        ) as accident_order
    from {{ ref('fct_accidents') }}
    where accident_number is not null
)

select
    campaign_id,
    form_id,
    unit_id,
    last_period as period,
    submission_id,
    'AC-2-01' as rule_code,
    accident_order as order_in_rule,
    '事故编号 ' || accident_number || '：各期写的发生日期不同，现为 ' || cast(occurred_on as string)
    || '。如是更正，请确认；如是另一起事故，请改用别的编号。' as message,
    'Accident ' || accident_number || ': its date differs between periods, now ' || cast(occurred_on as string)
    || '; confirm the correction, or give another accident another number.' as message_en,
    source_cell
from accidents
where is_date_changed and occurred_on is not null
union all
select
    campaign_id,
    form_id,
    unit_id,
    last_period as period,
    submission_id,
    'AC-2-02' as rule_code,
    accident_order as order_in_rule,
    '事故编号 ' || accident_number || '（' || cast(occurred_on as string) || '，' || enterprise || '）：别的单位也报了（'
    || same_as || '），可能是同一起。请确认由谁报送；确认之前两处都计。' as message,
    'Accident ' || accident_number || ' (' || cast(occurred_on as string) || '): also told by ' || same_as
    || ', perhaps the same one; confirm who reports it. Both are counted until then.' as message_en,
    source_cell
from accidents
where same_as is not null
