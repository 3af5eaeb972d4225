#!/usr/bin/env bash
# Fails if the tag is not the version of the package, or if the changelog does not have it yet.
# usage: check-release.sh vX.Y.Z
set -euo pipefail
cd "$(dirname "$0")/../.."

version=${1#v}
written=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' src/cardwright/__init__.py)
if [ "$version" != "$written" ]; then
    echo "the tag says $version, and src/cardwright/__init__.py says $written" >&2
    exit 1
fi
if ! grep -qE "^## ${version//./\\.} \([0-9]{4}-[0-9]{2}-[0-9]{2}\)$" CHANGELOG.md; then
    echo "CHANGELOG.md has no heading '## $version (YYYY-MM-DD)'" >&2
    exit 1
fi
