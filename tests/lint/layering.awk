# Reads the C++ sources below git-session/ and prints "file:line: what: rule" for each violation; exits 1 if there was
# one. docs/architecture.md describes the rules.

BEGIN {
  split("base:1 git:2 formats:2 config:3 session:4 snapshot:5 checks:5 tracker:5 records:5 report:5 " \
        "workflow:6 close:6 githooks:6 cli:7", entries, " ")
  for (i in entries) {
    split(entries[i], pair, ":")
    floor_of[pair[1]] = pair[2]
  }
  longest = 450
}

function report(what, rule) {
  printf "%s:%d: %s: %s\n", FILENAME, FNR, what, rule
  bad = 1
}

# The text after the last line of a file is known only when the next one begins.
function end_file() {
  if (lines > longest) {
    printf "%s:%d: %d lines: a file of more than %d lines is two things\n", file, lines, lines, longest
    bad = 1
  }
}

# Code without comments and without the insides of string literals.
function code_of(line,    out, at, two) {
  out = ""
  while (line != "") {
    if (in_raw != "") {
      at = index(line, in_raw)
      if (!at) return out
      line = substr(line, at + length(in_raw))
      in_raw = ""
      continue
    }
    if (in_comment) {
      at = index(line, "*/")
      if (!at) return out
      line = substr(line, at + 2)
      in_comment = 0
      continue
    }
    two = substr(line, 1, 2)
    if (two == "//") return out
    if (two == "/*") {
      in_comment = 1
      line = substr(line, 3)
    } else if (match(line, /^R"[^ ()\\]*\(/)) {
      in_raw = ")" substr(line, 3, RLENGTH - 3) "\""
      line = substr(line, RLENGTH + 1)
    } else if (match(line, /^"([^"\\]|\\.)*"/) || match(line, /^'([^'\\]|\\.)+'/)) {
      out = out "\"\""
      line = substr(line, RLENGTH + 1)
    } else if (match(line, /^[A-Za-z0-9_]+/)) {
      if (substr(line, 1, RLENGTH + 1) == "R\"") {  # an opening that the pattern above did not take
        out = out "R"
        line = substr(line, 2)
      } else {
        out = out substr(line, 1, RLENGTH)
        line = substr(line, RLENGTH + 1)
        # A digit separator is not a character literal.
        while (substr(line, 1, 1) == "'" && out ~ /[0-9]$/) {
          line = substr(line, 2)
          if (match(line, /^[A-Za-z0-9_]+/)) {
            out = out substr(line, 1, RLENGTH)
            line = substr(line, RLENGTH + 1)
          }
        }
      }
    } else {
      out = out substr(line, 1, 1)
      line = substr(line, 2)
    }
  }
  return out
}

function check_own_include(name,    target) {
  if (name !~ /\//) {
    report("includes \"" name "\"", "an include names its folder")
    return
  }
  target = name
  sub(/\/.*/, "", target)
  if (!(target in floor_of)) {
    report("includes \"" name "\"", "'" target "' is on no floor")
  } else if (target != folder && floor_of[target] + 0 >= floor) {
    report("includes git-session/" name, "'" folder "' (floor " floor ") includes only its own folder and " \
           "lower floors, '" target "' is on floor " floor_of[target])
  }
}

function check_system_include(name) {
  if (name ~ /^git2(\.h|\/)/ && folder != "git")
    report("includes <" name ">", "only git/ knows libgit2")
  if (name ~ /^(yaml-cpp|toml\+\+)\// && folder != "formats")
    report("includes <" name ">", "only formats/ knows the parsers")
  if (name ~ /^nlohmann\// && FILENAME != "git-session/formats/json.cpp")
    report("includes <" name ">", "only formats/json.cpp knows nlohmann_json")
  if (name ~ /^(CLI|CLI11)(\/|\.hpp)/ && folder != "cli")
    report("includes <" name ">", "only cli/ knows CLI11")
}

function check_code(code) {
  if (folder != "formats" && code ~ /(^|[^A-Za-z0-9_])([Jj]son|ordered_json)::(parse|accept|sax_parse|from_[a-z]+)[ ]*\(/)
    report("parses JSON", "only formats/ calls the parsers")
  if (folder != "cli" && folder != "main" &&
      code ~ /std::(cout|cerr|clog|print|println|wcout)([^A-Za-z0-9_]|$)|(^|[^A-Za-z0-9_])(printf|puts|putchar|vprintf|perror)[ ]*\(|(^|[^A-Za-z0-9_])(stdout|stderr)([^A-Za-z0-9_]|$)/)
    report("prints", "only cli/ and the main files write to the terminal")
  # What is left: a directory of a command, a path for people or for git.
  if (folder != "base" && folder != "git" && folder != "githooks" && folder != "snapshot" &&
      code ~ /(read_file|read_file_if_exists|file_info|modified_at|list_directory|read_symlink|real_path|write_file_[a-z]+|append_lines|remove_file|remove_tree|make_directories|move_path|walk_directory|fopen|fstream|open|openat|stat|lstat|unlink|rename|symlink|link|rmdir|mkdir)[ ]*\(.*(work_tree|[.>]absolute[ ]*\()/)
    report("opens a path of the work tree", "only base/file/tree_files.h does, which follows no link")
  if (folder != "base" && folder != "git" && folder != "snapshot" && folder != "githooks" &&
      code ~ /repository[_a-z]*(\(\))?(\.|->)absolute[ ]*\(/ && FILENAME !~ /configured_check\.cpp$/)
    report("makes a path of the work tree absolute", "read and write it by Repository::files()")
  # A function of ours may be called abort, with arguments.
  if (FILENAME != "git-session/main.cpp" &&
      (code ~ /(^|[^A-Za-z0-9_:.>])((exit|quick_exit)[ ]*\(|(abort|terminate)[ ]*\([ ]*\))/ ||
       code ~ /(^|[^A-Za-z0-9_>])(std)?::(exit|abort|quick_exit|terminate)[ ]*\(/))
    report("ends the process", "only main.cpp does; throw gs::Error instead")
}

FNR == 1 {
  if (file != "") end_file()
  file = FILENAME
  split(FILENAME, parts, "/")
  if (parts[3] == "") {
    folder = "main"
    floor = 8
  } else {
    folder = parts[2]
    floor = floor_of[folder] + 0
    if (!floor) report("in '" folder "'", "the folder is on no floor")
  }
  in_comment = 0
  in_raw = ""
}

{
  lines = FNR
  if (in_raw == "" && !in_comment && match($0, /^[ \t]*#[ \t]*include[ \t]*["<][^">]+[">]/)) {
    name = substr($0, RSTART, RLENGTH)
    sub(/^[ \t]*#[ \t]*include[ \t]*/, "", name)
    quote = substr(name, 1, 1)
    name = substr(name, 2, length(name) - 2)
    if (quote == "\"") check_own_include(name)
    check_system_include(name)
    next
  }
  check_code(code_of($0))
}

END {
  if (file != "") end_file()
  exit bad
}
