#!/bin/bash
# Starts the broker with the mounted settings. The image's own script formats the storage first, which not every build of it
# survives when an earlier start has done so.
if [[ -e /var/lib/kafka/data/meta.properties ]]; then
  cp -n /etc/kafka/docker/log4j2.yaml /opt/kafka/config/
  exec /opt/kafka/bin/kafka-server-start.sh /mnt/shared/config/server.properties
fi
chmod -f u+w /etc/kafka/docker/* # it adds to copies of these, and some builds ship them read-only
exec /etc/kafka/docker/run
