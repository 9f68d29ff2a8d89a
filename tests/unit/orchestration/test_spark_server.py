"""Before a build on Spark empties anything: who answers at the port, and what a clerk is told."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest

from orchestration.building.spark_server import require_server
from orchestration.errors import PlainError


@contextmanager
def listening(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A service on a free port that answers the first caller with these bytes."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1024)
                connection.sendall(answer)

        thread = Thread(target=serve)
        thread.start()
        monkeypatch.setenv("TAIZHANG_SPARK_PORT", str(server.getsockname()[1]))
        yield
        thread.join()


@pytest.mark.parametrize("port", ["ten", "", "0", "70000", "１００００", "-1"])
def test_a_port_that_is_none_is_named(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAIZHANG_SPARK_PORT", port)
    with pytest.raises(PlainError, match=f"TAIZHANG_SPARK_PORT 应为 1 至 65535 的端口号，现为“{port}”"):
        require_server()


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b""])
def test_another_service_on_the_port_is_not_taken_for_spark(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(answer, monkeypatch), pytest.raises(PlainError, match="上的服务不是 Spark 的 Thrift 服务"):
        require_server()


@pytest.mark.parametrize("status", [5, 3])
def test_a_thrift_server_that_welcomes_or_refuses_is_one(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """COMPLETE where nobody logs in, BAD where the server wants Kerberos: both speak SASL over Thrift."""
    with listening(bytes([status, 0, 0, 0, 0]), monkeypatch):
        require_server()
