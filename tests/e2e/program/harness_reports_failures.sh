#!/usr/bin/env bash
# The runner itself: a failing case fails and keeps its directory, a sanitizer's report fails a case that exits 0.
. "$E2E/lib.sh"

mkdir -p cases program
printf '. "$E2E/lib.sh"\nexpect_exit 1 true\n' >cases/a_fails.sh
printf 'echo "ERROR: AddressSanitizer: made up" >"$CASE/sanitizer.1"\n' >cases/a_sanitizer.sh
printf '. "$E2E/lib.sh"\nexpect_exit 0 echo "{}{}"\nexpect_json ".a"\n' >cases/a_json.sh
printf 'exit 77\n' >cases/a_skip.sh
printf '[ -z "${LEAK:-}" ] && [ "$HOME" = "$CASE/home" ] && [ -z "$(cat)" ]\n' >cases/a_passes.sh

expect_exit 1 "$E2E/../run" cases/a_fails.sh program
expect_err "a_fails.sh:2: exit code 0, not 1: true"
kept=$(sed -n 's/.*everything is still in //p' "$OUT")
expect_file "$kept/home/.gitconfig"
expect_exit 86 "$E2E/../run" cases/a_sanitizer.sh program
expect_out "made up"
expect_exit 1 "$E2E/../run" cases/a_json.sh program
expect_err "2 documents"
expect_exit 77 "$E2E/../run" cases/a_skip.sh program
expect_exit 0 env LEAK=1 "$E2E/../run" cases/a_passes.sh program
expect_empty_out
