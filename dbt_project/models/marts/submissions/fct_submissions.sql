with versions as (
    select * from {{ ref('int_submissions__versioned') }}
),

duplicates as (
    select
        duplicate_of as submission_id,
        count(*) as duplicates_received
    from {{ ref('stg_submissions__receipts') }}
    where duplicate_of is not null
    group by duplicate_of
)

select
    versions.submission_id,
    versions.receipt_id,
    versions.campaign_id,
    versions.form_id,
    versions.unit_id,
    versions.unit_name,
    versions.reporting_scope,
    versions.period,
    versions.version,
    versions.is_current,
    versions.is_expected,
    versions.is_voluntary,
    versions.received_at,
    versions.received_on,
    versions.filled_on,
    versions.status,
    versions.reason_code,
    case
        when versions.status = 'superseded'
            then
                '已被' || cast(versions.current_received_on as string) || '收到的第'
                || cast(versions.current_version as string) || '版（' || versions.current_file_name || '）替代'
        when versions.status = 'accepted' and not (versions.is_expected or versions.is_voluntary)
            then '该单位不在本期应报名单内，所报数据未计入汇总'
        else versions.status_reason
    end as status_reason,
    case
        when versions.status = 'superseded'
            then
                'Replaced by version ' || cast(versions.current_version as string) || ' ('
                || versions.current_file_name || ', received '
                || cast(versions.current_received_on as string) || ')'
        when versions.status = 'accepted' and not (versions.is_expected or versions.is_voluntary)
            then 'This unit is not expected to report this period; its figures are not in the totals'
        else versions.status_reason_en
    end as status_reason_en,
    versions.form_version,
    versions.file_name,
    versions.file_sha256,
    versions.file_format,
    versions.sheet_name,
    cast(coalesce(duplicates.duplicates_received, 0) as int) as duplicates_received
from versions
left join duplicates on versions.submission_id = duplicates.submission_id
