#include "base/process/trace2_event.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

#include "base/screen.h"
#include "base/text.h"

namespace gs::trace2 {
namespace {

using Kind = Event::Kind;

// Widths of columns, from git's tr2_tgt_normal.c and tr2_tgt_perf.c.
constexpr std::size_t kNormalPrefix = 50;
constexpr std::size_t kPerfPlace = 28;  // of "<file>:<line>", which only git's sources have

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::Version:
      return "version";
    case Kind::Start:
      return "start";
    case Kind::CommandName:
      return "cmd_name";
    case Kind::Error:
      return "error";
    case Kind::ChildStart:
      return "child_start";
    case Kind::ChildExit:
      return "child_exit";
    case Kind::Exit:
      return "exit";
    case Kind::AtExit:
      break;
  }
  return "atexit";
}

std::string seconds(double value, int width = 0) {
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%*.6f", width, value);
  return buffer.data();
}

std::string padded(std::string text, std::size_t width) {
  text.append(width > text.size() ? width - text.size() : 0, ' ');
  return text;
}

// On one line, and harmless on a terminal.
std::string shown(std::string_view text) {
  std::string line;
  for (const char c : escape_hidden(text)) {
    if (c == '\n') {
      line += "\\x0a";
    } else if (c == '\t') {
      line += "\\x09";
    } else {
      line += c;
    }
  }
  return line;
}

std::string shown(const std::vector<std::string>& argv) {
  std::vector<std::string> words;
  for (const std::string& argument : argv) words.push_back(quote_shell(shown(argument)));
  return join(words, " ");
}

std::string with_hierarchy(const Event& event) {
  return shown(event.text) + (event.hierarchy.empty() ? "" : " (" + shown(event.hierarchy) + ")");
}

std::string number(long value) {
  return std::to_string(value);
}

std::string normal_words(const Event& event) {
  const std::string name = name_of(event.kind);
  switch (event.kind) {
    case Kind::Version:
    case Kind::Error:
      return name + " " + shown(event.text);
    case Kind::Start:
      return name + " " + shown(event.argv);
    case Kind::CommandName:
      return name + " " + with_hierarchy(event);
    case Kind::ChildStart: {
      const std::string where =
          event.text.empty() ? "" : " cd " + quote_shell(shown(event.text)) + ";";
      return name + "[" + number(event.child) + "]" + where + " " + shown(event.argv);
    }
    case Kind::ChildExit:
      return name + "[" + number(event.child) + "] pid:" + number(event.pid) +
             " code:" + number(event.code) + " elapsed:" + seconds(event.t_rel);
    case Kind::Exit:
    case Kind::AtExit:
      break;
  }
  return name + " elapsed:" + seconds(event.t_abs) + " code:" + number(event.code);
}

std::string perf_words(const Event& event) {
  const std::string child = "[ch" + number(event.child) + "] ";
  switch (event.kind) {
    case Kind::Version:
    case Kind::Error:
      return shown(event.text);
    case Kind::Start:
      return shown(event.argv);
    case Kind::CommandName:
      return with_hierarchy(event);
    case Kind::ChildStart:
      return child + "class:?" +
             (event.text.empty() ? "" : " cd:" + quote_shell(shown(event.text))) + " argv:[" +
             shown(event.argv) + "]";
    case Kind::ChildExit:
      return child + "pid:" + number(event.pid) + " code:" + number(event.code);
    case Kind::Exit:
    case Kind::AtExit:
      break;
  }
  return "code:" + number(event.code);
}

bool has_absolute_time(Kind kind) {
  return kind != Kind::Version && kind != Kind::CommandName && kind != Kind::Error;
}

// ---- JSON ----

void append_unit(std::string& out, std::uint32_t unit) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4)
    out += kDigits[(unit >> static_cast<unsigned>(shift)) & 0xFU];
}

void append_escaped(std::string& out, char32_t code) {
  if (code < 0x10000) {
    append_unit(out, code);
    return;
  }
  append_unit(out, 0xD800 + ((code - 0x10000) >> 10U));
  append_unit(out, 0xDC00 + ((code - 0x10000) & 0x3FFU));
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (ScreenReader reader(text); reader.next();) {
    if (!reader.is_valid()) {
      append_unit(out, 0xFFFD);
    } else if (reader.bytes() == "\"" || reader.bytes() == "\\") {
      out.append("\\").append(reader.bytes());
    } else if (reader.is_hidden()) {
      append_escaped(out, reader.code());
    } else {
      out += reader.bytes();
    }
  }
  return out + "\"";
}

class Object {
 public:
  void text(const char* key, std::string_view value) { raw(key, quoted(value)); }
  void raw(const char* key, const std::string& value) {
    out_ += (out_.size() > 1 ? ",\"" : "\"") + std::string(key) + "\":" + value;
  }
  void list(const char* key, const std::vector<std::string>& values) {
    std::vector<std::string> texts;
    for (const std::string& value : values) texts.push_back(quoted(value));
    raw(key, "[" + join(texts, ",") + "]");
  }
  [[nodiscard]] std::string line() const { return out_ + "}\n"; }

 private:
  std::string out_ = "{";
};

void add_fields(Object& object, const Event& event) {
  switch (event.kind) {
    case Kind::Version:
      object.text("evt", "4");
      object.text("exe", event.text);
      break;
    case Kind::Start:
      object.raw("t_abs", seconds(event.t_abs));
      object.list("argv", event.argv);
      break;
    case Kind::CommandName:
      object.text("name", event.text);
      if (!event.hierarchy.empty()) object.text("hierarchy", event.hierarchy);
      break;
    case Kind::Error:
      object.text("msg", event.text);
      object.text("fmt", event.text);
      break;
    case Kind::ChildStart:
      object.raw("child_id", number(event.child));
      object.text("child_class", "?");
      if (!event.text.empty()) object.text("cd", event.text);
      object.raw("use_shell", "false");
      object.list("argv", event.argv);
      break;
    case Kind::ChildExit:
      object.raw("child_id", number(event.child));
      object.raw("pid", number(event.pid));
      object.raw("code", number(event.code));
      object.raw("t_rel", seconds(event.t_rel));
      break;
    case Kind::Exit:
    case Kind::AtExit:
      object.raw("t_abs", seconds(event.t_abs));
      object.raw("code", number(event.code));
      break;
  }
}

std::string eight_digits(std::uint32_t value) {
  std::array<char, 9> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%08x", value);
  return buffer.data();
}

// git's name for the host is of a hash that we need for nothing else: its own session id has it.
std::string host_of(std::string_view parent) {
  constexpr std::string_view kStart = "-H";
  constexpr std::size_t kDigits = 8;
  const std::size_t at = parent.find(kStart);
  const std::string_view digits =
      at == std::string_view::npos ? "" : parent.substr(at + kStart.size(), kDigits);
  const bool is_hash =
      digits.size() == kDigits && digits.find_first_not_of("0123456789abcdef") == digits.npos;
  return is_hash ? "H" + std::string(digits) : "Localhost";
}

}  // namespace

std::string normal_line(const Event& event, const Origin& origin, bool brief) {
  const std::string prefix = brief ? "" : padded(origin.local_time + " ", kNormalPrefix);
  return prefix + normal_words(event) + "\n";
}

std::string perf_line(const Event& event, const Origin& origin, bool brief) {
  std::string line;
  if (!brief) line = origin.local_time + " " + std::string(kPerfPlace, ' ') + " | ";
  const auto depth = std::count(origin.sid.begin(), origin.sid.end(), '/');
  line += "d" + number(depth) + " | " + padded("main", 24) + " | " +
          padded(name_of(event.kind), 12) + " | " + std::string(3, ' ') + " | ";
  const std::string none(9, ' ');
  line += (has_absolute_time(event.kind) ? seconds(event.t_abs, 9) : none) + " | ";
  line += (event.kind == Kind::ChildExit ? seconds(event.t_rel, 9) : none) + " | ";
  return line + std::string(12, ' ') + " | " + perf_words(event) + "\n";
}

std::string json_line(const Event& event, const Origin& origin, bool brief) {
  Object object;
  object.text("event", name_of(event.kind));
  object.text("sid", origin.sid);
  object.text("thread", "main");
  if (!brief || event.kind == Kind::Version || event.kind == Kind::AtExit)
    object.text("time", origin.utc_time);
  add_fields(object, event);
  return object.line();
}

std::string redact(std::string_view argument) {
  constexpr std::string_view kRedacted = "<REDACTED>";
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = argument.find("://"); at != std::string_view::npos;
       at = argument.find("://", done)) {
    const std::size_t begin = at + 3;
    const std::size_t end = std::min(argument.find_first_of("/?# \t\n'\"", begin), argument.size());
    const std::string_view authority = argument.substr(begin, end - begin);
    const std::size_t sign = authority.rfind('@');
    const std::size_t colon = authority.substr(0, sign).find(':');
    const std::string_view before = argument.substr(0, at);
    const bool is_web = before.ends_with("http") || before.ends_with("https");
    out += argument.substr(done, begin - done);
    done = begin;
    if (sign == std::string_view::npos || (colon == std::string_view::npos && !is_web)) continue;
    if (colon != std::string_view::npos) out += authority.substr(0, colon + 1);
    out += kRedacted;
    done = begin + sign;
  }
  return out + std::string(argument.substr(done));
}

std::string own_sid(std::string_view utc_time, std::string_view parent, long pid) {
  std::string sid(utc_time);
  std::erase_if(sid, [](char c) { return c == '-' || c == ':'; });
  return sid + "-" + host_of(parent) + "-P" + eight_digits(static_cast<std::uint32_t>(pid));
}

}  // namespace gs::trace2
