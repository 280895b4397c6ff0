#include "cli/doctor_text.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "report/figures.h"

namespace gs::cli {
namespace {

using report::Tone;
using session::Diagnoses;
using session::Diagnosis;
using session::Health;

constexpr std::size_t kAreaWidth = 13;  // "configuration"
constexpr std::size_t kTextAt = kAreaWidth + 4;

struct HealthMark {
  const char* sign;
  Tone tone;
};

HealthMark mark_of(Health health) {
  switch (health) {
    case Health::Fine:
      return {"✓", Tone::Good};
    case Health::Note:
      return {"-", Tone::Dim};
    case Health::Warning:
      return {"!", Tone::Warn};
    case Health::Error:
      break;
  }
  return {"✗", Tone::Bad};
}

std::size_t count(const Diagnoses& found, Health health) {
  return static_cast<std::size_t>(
      std::count_if(found.begin(), found.end(),
                    [health](const Diagnosis& each) { return each.health == health; }));
}

std::size_t count_repairs(const Diagnoses& found) {
  return static_cast<std::size_t>(std::count_if(
      found.begin(), found.end(), [](const Diagnosis& each) { return each.repair.has_value(); }));
}

// A word that is longer than a line is broken behind a slash, or anywhere.
std::string with_short_words(std::string_view text, std::size_t width) {
  std::string out;
  for (const std::string_view word : split(text, ' ')) {
    if (!out.empty()) out += ' ';
    std::string_view rest = word;
    while (report::display_width(rest) > width && rest.size() > width) {
      std::size_t cut = rest.rfind('/', width - 1);
      cut = cut == std::string_view::npos || cut < width / 2 ? width : cut + 1;
      while (cut < rest.size() && (static_cast<unsigned char>(rest[cut]) & 0xC0U) == 0x80) --cut;
      out += std::string(rest.substr(0, cut)) + " ";
      rest.remove_prefix(cut);
    }
    out += rest;
  }
  return out;
}

class DoctorPage {
 public:
  DoctorPage(const Diagnoses& found, DiagnosisDetail detail, const Style& style)
      : found_(found), detail_(detail), style_(style) {}

  std::string render() {
    for (std::size_t begin = 0; begin < found_.size();) {
      std::size_t end = begin;
      while (end < found_.size() && found_[end].area == found_[begin].area) ++end;
      add_area(begin, end);
      begin = end;
    }
    if (detail_ != DiagnosisDetail::Problems) add_counts();
    return std::move(text_);
  }

 private:
  void add_area(std::size_t begin, std::size_t end) {
    std::vector<std::string> fine;
    is_first_ = true;
    for (std::size_t i = begin; i < end; ++i) {
      const Diagnosis& each = found_[i];
      if (each.health == Health::Fine) {
        if (detail_ == DiagnosisDetail::All) line(each);
        if (!each.quiet) fine.push_back(report::one_line(each.text));
      } else if (detail_ != DiagnosisDetail::Problems || session::is_wrong(each)) {
        line(each);
      }
    }
    const bool all_is_fine = is_first_ && detail_ == DiagnosisDetail::Usual && !fine.empty();
    if (all_is_fine) line(session::fine(found_[begin].area, join(fine, ", ")));
  }

  void line(const Diagnosis& diagnosis) {
    const HealthMark mark = mark_of(diagnosis.health);
    const std::string area(is_first_ ? session::area_name(diagnosis.area) : "");
    is_first_ = false;
    text_ += report::paint(mark.sign, mark.tone, style_.colour) + " " +
             report::pad(area, kAreaWidth) + "  " + fitted(diagnosis.text, kTextAt) + "\n";
    if (diagnosis.health != Health::Fine) fix_lines(diagnosis);
  }

  [[nodiscard]] std::string fitted(const std::string& text, std::size_t at) const {
    constexpr std::size_t kNarrowest = 10;
    const std::size_t width = std::max(style_.columns > at ? style_.columns - at : 0, kNarrowest);
    return report::hang(with_short_words(report::one_line(text), width), style_.columns, at);
  }

  // The first line may be a sentence; the others are to be copied.
  void fix_lines(const Diagnosis& diagnosis) {
    const std::string indent(kTextAt, ' ');
    for (std::size_t i = 0; i < diagnosis.fix.size(); ++i) {
      std::string fix = diagnosis.fix[i];
      if (i > 0) {
        text_ += indent + "    " + fix + "\n";
        continue;
      }
      const bool says_so = fix.find("doctor --fix") != std::string::npos;
      if (diagnosis.repair && !says_so) fix += " (or: git session doctor --fix)";
      text_ += indent + report::paint("→", Tone::Accent, style_.colour) + " " +
               fitted(fix, kTextAt + 2) + "\n";
    }
  }

  void add_counts() {
    std::vector<std::string> parts;
    const auto add = [&](Health health, const char* noun) {
      if (const std::size_t number = count(found_, health); number > 0)
        parts.push_back(plural(number, noun));
    };
    add(Health::Error, "error");
    add(Health::Warning, "warning");
    const bool is_well = parts.empty();
    add(Health::Note, "note");
    std::string last = is_well ? "Nothing is wrong" : join(parts, ", ");
    if (is_well && !parts.empty()) last += "; " + parts.front();
    last += ".";
    if (const std::size_t repairs = count_repairs(found_); repairs > 0)
      last += " 'git session doctor --fix' fixes " + std::to_string(repairs) + ".";
    text_ += "\n" + report::hang(last, style_.columns, 0) + "\n";
  }

  const Diagnoses& found_;
  DiagnosisDetail detail_;
  const Style& style_;
  std::string text_;
  bool is_first_ = true;  // of its area
};

}  // namespace

std::string render_diagnoses(const Diagnoses& found, DiagnosisDetail detail, const Style& style) {
  return DoctorPage(found, detail, style).render();
}

Json diagnoses_json(const Diagnoses& found) {
  Json list = Json::array();
  for (const Diagnosis& each : found) {
    list.push_back({{"area", session::area_name(each.area)},
                    {"level", session::health_name(each.health)},
                    {"text", each.text},
                    {"fix", each.fix},
                    {"fixable", each.repair.has_value()}});
  }
  return {{"errors", count(found, Health::Error)},
          {"warnings", count(found, Health::Warning)},
          {"notes", count(found, Health::Note)},
          {"findings", list}};
}

}  // namespace gs::cli
