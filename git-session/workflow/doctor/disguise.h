#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/json.h"

namespace gs::workflow {

// Takes out of a text what says whose machine it is from, and every secret. Pure.
class Disguise {
 public:
  // An absolute path, with whatever is below it; also as a directory's name made of it
  // ("-home-me-project"). Longer ones win. Nothing for "" and "/".
  void add_path(const std::string& path, const std::string& placeholder);
  // A name, as a word of its own; nothing below three bytes.
  void add_name(const std::string& name, const std::string& placeholder);

  // The text with placeholders, secrets masked, and without e-mail addresses and what is before the
  // host in a URL.
  [[nodiscard]] std::string text(std::string_view text) const;
  // The same for each string of a value; paths that are kept in hexadecimal are decoded, and longer
  // strings cut to `longest` characters.
  [[nodiscard]] Json value(const Json& value, std::size_t longest) const;

 private:
  struct Replacement {
    std::string what;
    std::string placeholder;
    enum class Kind { Path, PathAsName, Name } kind = Kind::Path;
  };
  void add(Replacement replacement);
  [[nodiscard]] std::string replaced(std::string_view text) const;
  [[nodiscard]] static bool matches(const Replacement& each, std::string_view text, std::size_t at);

  std::vector<Replacement> replacements_;  // the longest first
};

}  // namespace gs::workflow
