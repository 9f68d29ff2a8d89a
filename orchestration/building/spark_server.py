"""Whether a Spark Thrift server is at hand, and the sentence that helps where it is not.

Belongs here: what must be true before a build on Spark empties anything. Does not belong here: what the server computes
(dbt_project), starting it (deploy/spark), what becomes of its tables (engines.py).
"""

from __future__ import annotations

import os
import socket
import struct
from importlib.util import find_spec

from orchestration.errors import PlainError

_PATIENCE = 30.0  # seconds; a server that is busy with other sessions answers late
_STATUSES_OF_AN_ANSWER = (2, 3, 4, 5)  # SASL over Thrift: more, bad, error, complete


def require_spark() -> None:
    """Raise the sentence that helps, unless the adapter is installed and a Thrift server answers."""
    if find_spec("dbt.adapters.spark") is None:
        raise PlainError("没有安装 Spark：请先运行 make spark-setup。 Spark is not installed: run make spark-setup.")
    require_server()


def require_server() -> None:
    """Raise the sentence that helps: the port is none, nobody answers there, or somebody else does."""
    host, port = os.environ.get("TAIZHANG_SPARK_HOST", "127.0.0.1"), _port()
    try:
        is_thrift = _speaks_thrift(host, port)
    except OSError:
        raise PlainError(
            f"Spark 的 Thrift 服务在 {host}:{port} 没有应答；本机可用 make spark-up 启动，"
            "别处的请设 TAIZHANG_SPARK_HOST。 "
            f"No Spark Thrift server answers at {host}:{port}."
        ) from None
    if not is_thrift:
        raise PlainError(
            f"{host}:{port} 上的服务不是 Spark 的 Thrift 服务；请另设 TAIZHANG_SPARK_PORT，再运行 make spark-up。 "
            f"Something else listens at {host}:{port}: set TAIZHANG_SPARK_PORT to another port."
        )


def _port() -> int:
    text = os.environ.get("TAIZHANG_SPARK_PORT", "10000")
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise PlainError(
        f"TAIZHANG_SPARK_PORT 应为 1 至 65535 的端口号，现为“{text}”。 TAIZHANG_SPARK_PORT must be a port number."
    )


def _speaks_thrift(host: str, port: int) -> bool:
    """Say hello as dbt will; a refusal is an answer, too: who may log in is for dbt to find out.

    Raises:
        OSError: nobody answers.
    """
    with socket.create_connection((host, port), timeout=_PATIENCE) as connection:
        connection.sendall(_message(1, b"PLAIN") + _message(2, b"\0taizhang\0x"))
        answer = connection.recv(1)
    return bool(answer) and answer[0] in _STATUSES_OF_AN_ANSWER


def _message(status: int, body: bytes) -> bytes:
    return struct.pack(">BI", status, len(body)) + body
