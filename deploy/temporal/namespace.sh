#!/bin/sh
# Make our namespace once. Thirty days keep a closed process long enough to answer a repeated request by its id;
# what must be kept for years is in PostgreSQL.
set -eu

namespace=$1
if temporal operator namespace describe --namespace "$namespace" >/dev/null 2>&1; then
    exit 0
fi
temporal operator namespace create --namespace "$namespace" --retention 30d
