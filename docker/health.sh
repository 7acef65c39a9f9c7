#!/bin/bash
# Healthy when the service says that it is ready. Needs bash alone, since an image of a Java runtime need not have curl.
exec 3<>"/dev/tcp/127.0.0.1/$HTTP_PORT" || exit 1
printf 'GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
read -r _ status _ <&3
[[ $status == 200 ]]
