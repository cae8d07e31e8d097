#!/bin/sh
# Bring both databases of the Temporal server to the schema of this image; safe to run before every start.
set -eu

upgrade() {
    database=$1
    folder=$2
    tool="temporal-sql-tool --plugin postgres12 --ep postgres --port 5432 --user temporal --db $database"
    # Creating what is there already fails, and that is all right: update-schema below is the judge.
    $tool create || true
    $tool setup-schema --version 0.0 || true
    $tool update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/$folder/versioned"
}

upgrade temporal temporal
upgrade temporal_visibility visibility
