// Linked into the sanitized program only. libgit2 1.5 does not give back a regular expression that
// its revision parser compiles.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libpcre2\n";
}
