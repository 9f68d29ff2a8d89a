-- A file that was received is a submission (accepted, returned or quarantined), a duplicate of one, or the mere
-- wrapping of files that are received themselves. Never silence.
select
    receipts.receipt_id,
    receipts.file_name
from {{ ref('stg_submissions__receipts') }} as receipts
left join {{ ref('fct_submissions') }} as submissions on receipts.receipt_id = submissions.receipt_id
where submissions.receipt_id is null and receipts.result not in ('duplicate', 'unpacked')
