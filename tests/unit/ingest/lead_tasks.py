"""The task table of 普陀, and units that answer for its tasks."""

from tests.unit.ingest.reading_lists import PUTUO, form

LEAD_TASKS = form(PUTUO, "lead_tasks")
EMERGENCY_BUREAU, UNIONS, STATE_ASSETS = "310107D10", "310107D24", "310107D09"
