#!/usr/bin/env bash
# The steps of the action. Each reads its settings from the environment: DECK is the folder.
set -euo pipefail

check() {
    local options=(--format github)
    if [ "${STRICT:-false}" = true ]; then
        options+=(--strict)
    fi
    cardwright check "$DECK" "${options[@]}"
}

build() {
    cardwright build "$DECK" --locked
    cardwright preview "$DECK" --export build/preview
}

# What the pull request changes for those who have the deck of the base branch: the plan against
# the lock of that branch. BASE is the branch, PULL_REQUEST the number.
comment() {
    local folder plan
    folder=$(mktemp -d)
    plan="$folder/comment.md"
    {
        echo "### What this changes in Anki"
        echo
        if git fetch --quiet --depth=1 origin "${BASE#origin/}" &&
            git show "$BASE:./$DECK/deck.lock" >"$folder/base.lock" 2>/dev/null; then
            echo '```'
            cardwright plan "$DECK" --lock "$folder/base.lock" -o "$folder" 2>/dev/null || true
            echo '```'
        else
            echo "The base branch has no lock of this deck yet, so all of its notes are new."
        fi
    } >"$plan"
    gh pr comment "$PULL_REQUEST" --edit-last --create-if-none --body-file "$plan"
}

deliver() {
    cardwright push "$DECK" --sync --yes
}

"$1"
