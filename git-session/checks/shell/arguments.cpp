#include "checks/shell/arguments.h"

#include <algorithm>

#include "base/text.h"

namespace gs::checks {

Arguments::Arguments(std::span<const ShellWord> words, std::string_view options) {
  list(options);
  bool is_value = false;
  bool only_operands = false;
  for (const ShellWord& word : words) {
    const std::string_view text = word.text;
    if (is_value) {
      is_value = false;
    } else if (only_operands || !is_option(text)) {
      operands.push_back(text);
    } else if (text == "--" || text == "--end-of-options") {
      only_operands = true;
    } else {
      is_value = is_cluster(text) ? read_letters(text.substr(1)) : read_long(text.substr(2));
    }
  }
}

bool Arguments::has(std::string_view name) const {
  const auto last = std::find_if(given_.rbegin(), given_.rend(),
                                 [&](const Given& given) { return given.name == name; });
  return last != given_.rend() && last->on;
}

bool Arguments::has_any(std::initializer_list<std::string_view> names) const {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return has(name); });
}

std::string_view Arguments::last_of(std::initializer_list<std::string_view> names) const {
  const auto last = std::find_if(given_.rbegin(), given_.rend(), [&](const Given& given) {
    return given.on && std::find(names.begin(), names.end(), given.name) != names.end();
  });
  return last == given_.rend() ? std::string_view() : last->name;
}

void Arguments::list(std::string_view options) {
  for (std::string_view entry : split(options, ' ')) {
    if (entry.empty()) continue;
    Known known;
    if (entry.ends_with('=') || entry.ends_with('?')) {
      known.value = entry.back();
      entry.remove_suffix(1);
    }
    const bool has_letter = entry.size() == 1 || entry[1] == '|';
    if (has_letter) known.letter = entry[0];
    known.name = has_letter && entry.size() > 1 ? entry.substr(2) : entry;
    known_.push_back(known);
  }
}

bool Arguments::read_letters(std::string_view letters) {
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const auto known = std::find_if(known_.begin(), known_.end(), [&](const Known& option) {
      return option.letter == letters[i];
    });
    if (known == known_.end()) continue;
    given_.push_back({known->name, true});
    if (known->value == '?') return false;  // the rest, if any, is its value
    if (known->value == '=') return i + 1 == letters.size();
  }
  return false;
}

bool Arguments::read_long(std::string_view option) {
  const std::size_t equals = option.find('=');
  const std::string_view name = option.substr(0, equals);
  const Known* known = find_long(name);
  const bool negated = known == nullptr && name.starts_with("no-");
  if (negated) known = find_long(name.substr(3));
  if (known == nullptr) return false;
  given_.push_back({known->name, !negated});
  return !negated && known->value == '=' && equals == std::string_view::npos;
}

const Arguments::Known* Arguments::find_long(std::string_view prefix) const {
  const Known* found = nullptr;
  for (const Known& option : known_) {
    if (option.name.size() < 2 || !option.name.starts_with(prefix)) continue;
    if (found == nullptr || option.name.size() < found->name.size()) found = &option;
  }
  return found;
}

}  // namespace gs::checks
