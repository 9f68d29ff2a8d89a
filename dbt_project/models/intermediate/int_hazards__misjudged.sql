{#
  Lines that name a criterion which was not in force on the day the hazard was found, or is not on the campaign's list;
  the columns are those of int_hazards__checked. Campaigns without a list are not asked. A name that is not on the list
  is asked once for each list, however many lines have it.
#}
with listed as (
    select distinct campaign_id from {{ ref('stg_campaigns__criteria') }}
),

judged as (
    select
        lines.submission_id,
        lines.row_number,
        lines.criterion_key,
        lines.found_on,
        coalesce(criteria.state, 'unlisted') as state,
        case criteria.state when 'not_yet' then criteria.until_on else criteria.from_on end as changes_on
    from {{ ref('int_hazards__lines') }} as lines
    inner join listed on lines.campaign_id = listed.campaign_id
    {{ criterion_of('lines', 'lines.found_on', 'left') }}
    where lines.criterion_key is not null and lines.found_on is not null
),

ordered as (
    select
        *,
        row_number() over (
            partition by submission_id, criterion_key, state
            order by row_number asc nulls last
        ) as choice
    from judged
    where state <> 'in_force'
)

{% for state in ['not_yet', 'no_longer', 'unlisted'] -%}
    {{ slip_of_line('HL-2-13', 'judged_' ~ state, "'criterion'", 'found_on', "'found_on'", 'changes_on') }}
    from ordered
    where state = '{{ state }}' {{ 'and choice = 1' if state == 'unlisted' }}
    {{ 'union all' if not loop.last }}
{% endfor %}
