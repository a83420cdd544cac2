#!/bin/sh
# Backs the database up to a file for each day of the week, and verifies it. VERIFY=off leaves that out, where the database's
# user may not make databases.
set -eu
file=${BACKUPS:-/backups}/marquee-$(date +%u).sql.gz
node dist/src/commands/backup.js --overwrite "$file"
if [ "${VERIFY:-on}" = off ]; then exit 0; fi
exec node dist/src/commands/backup.js --verify "$file"
