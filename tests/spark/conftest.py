"""The small city of tests/pipeline, for both engines. `make test-spark` starts the server these tests talk to."""

from __future__ import annotations

from tests.pipeline.small_city.conftest import small_city

__all__ = ["small_city"]
