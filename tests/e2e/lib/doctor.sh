# shellcheck shell=bash
# Shared by the cases of doctor; sourced after lib.sh.

# finding AREA LEVEL TEXT [FIX]: the last JSON has such a finding; TEXT and FIX are parts of it.
finding() {
  jq -e --arg area "$1" --arg level "$2" --arg text "$3" --arg fix "${4:-}" 'any(.findings[];
    .area == $area and .level == $level and (.text | contains($text)) and (.fix | join("\n") | contains($fix)))' "$OUT" \
    >/dev/null || fail "no $2 of $1 with '$3' and '${4:-}': $(jq -c '.findings[] | select(.level != "fine")' "$OUT")"
}
no_finding() { # no_finding AREA TEXT
  ! jq -e --arg area "$1" --arg text "$2" 'any(.findings[]; .area == $area and (.text | contains($text)))' "$OUT" \
    >/dev/null || fail "there is a finding of $1 with '$2': $(jq -c '.findings[] | select(.level != "fine")' "$OUT")"
}

# Areas in which something is wrong.
wrong() { jq -r '[.findings[] | select(.level == "warning" or .level == "error") | .area] | unique | join(" ")' "$OUT"; }

# look EXIT-CODE: examines, and has written nothing.
look() {
  describe_all >"$CASE/before"
  expect_exit "$1" git session doctor --json
  describe_all >"$CASE/after"
  cmp -s "$CASE/before" "$CASE/after" || fail "doctor wrote: $(diff "$CASE/before" "$CASE/after" | head)"
  expect_json '.well == ([.findings[] | select(.level == "warning" or .level == "error")] == [])'
}
