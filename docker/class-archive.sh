#!/bin/sh
# class-archive.sh JAR ARCHIVE: archives the classes that a service loads at its start, so that later starts of the same jar by the
# same JVM with -XX:SharedArchiveFile=ARCHIVE spare most of the loading. The service looks for servers that are not there, and is ended
# while it waits for them.
set -eu
jar=$1 archive=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo '[{"table": "none", "primary_key": "none"}]' >"$work/tables.json"

export SOURCE_DB_HOST=127.0.0.1 SOURCE_DB_PORT=1 SOURCE_DB_NAME=none SOURCE_DB_USER=none
export TARGET_DB_HOST=127.0.0.1 TARGET_DB_PORT=1 TARGET_DB_NAME=none TARGET_DB_USER=none
export KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:1 TABLES_FILE="$work/tables.json" HTTP_PORT=0
rm -f "$archive"
java -Xlog:cds=off -Xlog:cds+dynamic=off -XX:ArchiveClassesAtExit="$archive" -jar "$jar" >"$work/log" 2>&1 &
service=$!
for _ in $(seq 120); do
  grep -q 'waiting for' "$work/log" && break
  kill -0 $service 2>/dev/null || break
  sleep 0.5
done
kill -TERM $service 2>/dev/null || true
wait $service || true
[ -s "$archive" ] || { cat "$work/log" >&2; echo "class-archive: no archive of $jar was made" >&2; exit 1; }
