#!/bin/bash
# Runs once, when the bundled source database is made: the extractor's user may read the shop and see which
# transactions are open (PROCESS), and nothing else.
quoted() { local text=${1//\\/\\\\}; printf "'%s'" "${text//\'/\\\'}"; }

mysql --protocol=socket -uroot -p"$MYSQL_ROOT_PASSWORD" <<SQL
CREATE USER IF NOT EXISTS $(quoted "$SYNC_USER")@'%' IDENTIFIED BY $(quoted "$SYNC_PASSWORD");
GRANT SELECT ON \`$MYSQL_DATABASE\`.* TO $(quoted "$SYNC_USER")@'%';
GRANT PROCESS ON *.* TO $(quoted "$SYNC_USER")@'%';
SQL
