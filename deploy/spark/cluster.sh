#!/bin/sh
# One Spark master, two workers and a Thrift server on this machine, all of them on loopback and nowhere else.
#
# Belongs here: starting, waiting for and stopping those processes. Does not belong here: what is computed on them
# (dbt_project), where dbt looks for them (dbt_project/profiles.yml), a real cluster (docs/how-to/scale-out.md).
#
# usage: cluster.sh up|down      PYTHON: the interpreter that has pyspark; SPARK_STATE: the folder of pids and logs
set -eu

STATE=${SPARK_STATE:-$PWD/.spark}
MASTER_PORT=${SPARK_MASTER_PORT:-17077}
THRIFT_PORT=${TAIZHANG_SPARK_PORT:-10000}
EXECUTOR_MEMORY=${SPARK_EXECUTOR_MEMORY:-768m}
DRIVER_MEMORY=${SPARK_DRIVER_MEMORY:-1g}
SPARK_HOME=$("${PYTHON:-python3}" -c 'import pathlib, pyspark; print(pathlib.Path(pyspark.__file__).parent)')
export SPARK_HOME SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_DIRS="$STATE/scratch" SPARK_WORKER_DIR="$STATE/work"
export SPARK_DAEMON_JAVA_OPTS="-Dspark.master.rest.enabled=false"
umask 077 # the tables hold what people sent

# start NAME COMMAND…: in the background, its pid and its log under the state folder
start() {
    name=$1
    shift
    nohup "$@" >"$STATE/$name.log" 2>&1 &
    echo $! >"$STATE/$name.pid"
}

# The heap of master and worker is only bookkeeping; what computes is the executor a worker starts.
daemon() { SPARK_DAEMON_MEMORY=256m start "$1" "$SPARK_HOME/bin/spark-class" "org.apache.spark.deploy.$2" --host 127.0.0.1 --webui-port 0 $3; }

answers() { "${PYTHON:-python3}" -c "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])), 1)" "$1" 2>/dev/null; }

# wait_for PORT NAME: until something answers there, the process is gone, or three minutes have passed
wait_for() {
    left=90
    until answers "$1"; do
        left=$((left - 1))
        if [ $left = 0 ] || ! kill -0 "$(cat "$STATE/$2.pid")" 2>/dev/null; then
            echo "Spark 的 $2 没有起来，详情在 $STATE/$2.log。 The $2 did not start; see its log." >&2
            down
            exit 1
        fi
        sleep 2
    done
}

is_running() { [ -f "$STATE/$1.pid" ] && kill -0 "$(cat "$STATE/$1.pid")" 2>/dev/null; }

# refuse_taken PORT VARIABLE: a service that is not ours keeps its port, and Spark must not move to another unnoticed
refuse_taken() {
    if answers "$1"; then
        echo "127.0.0.1:$1 已被别的服务占用；请用 $2 另设端口。 Another service listens at 127.0.0.1:$1: set $2." >&2
        exit 1
    fi
}

up() {
    if is_running thrift && answers "$THRIFT_PORT"; then
        echo "Spark 已在 127.0.0.1:$THRIFT_PORT。 Spark already listens there."
        return
    fi
    down # what is left of a start or a server that was killed
    refuse_taken "$THRIFT_PORT" TAIZHANG_SPARK_PORT
    refuse_taken "$MASTER_PORT" SPARK_MASTER_PORT
    mkdir -p "$STATE/work" "$STATE/scratch" "$STATE/warehouse"
    daemon master master.Master "--port $MASTER_PORT"
    wait_for "$MASTER_PORT" master
    for number in 1 2; do
        daemon "worker-$number" worker.Worker "--cores 1 --memory $EXECUTOR_MEMORY spark://127.0.0.1:$MASTER_PORT"
    done
    start thrift "$SPARK_HOME/bin/spark-submit" --class org.apache.spark.sql.hive.thriftserver.HiveThriftServer2 \
        --master "spark://127.0.0.1:$MASTER_PORT" --driver-memory "$DRIVER_MEMORY" \
        --executor-memory "$EXECUTOR_MEMORY" --executor-cores 1 --conf spark.cores.max=2 \
        --properties-file "$(dirname "$0")/thrift.conf" \
        --conf "spark.sql.warehouse.dir=$STATE/warehouse" \
        --conf "spark.driver.extraJavaOptions=-Dderby.system.home=$STATE" \
        --conf "spark.hadoop.hive.server2.thrift.port=$THRIFT_PORT"
    wait_for "$THRIFT_PORT" thrift
    echo "Spark 在 127.0.0.1:$THRIFT_PORT。 Spark listens there."
}

# The Thrift server first: a worker that dies under it would only be missed.
down() {
    for name in thrift worker-1 worker-2 master; do
        pid_file="$STATE/$name.pid"
        [ -f "$pid_file" ] || continue
        pid=$(cat "$pid_file")
        kill "$pid" 2>/dev/null || true
        left=20
        while kill -0 "$pid" 2>/dev/null && [ $left -gt 0 ]; do
            left=$((left - 1))
            sleep 1
        done
        kill -9 "$pid" 2>/dev/null || true
        rm -f "$pid_file"
    done
    rm -rf "$STATE/work" "$STATE/scratch" "$STATE/warehouse"
}

case ${1:-} in
    up) up ;;
    down) down ;;
    *) echo "usage: $0 up|down" >&2; exit 2 ;;
esac
