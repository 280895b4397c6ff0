#include "fuzz.h"
#include "git/config/files.h"

// What is read of a configuration file: keys as `git config --list` prints them.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto settings = gs::git::parse_config(gs::fuzz::text_of(data, size));
  if (!settings) return 0;
  for (const gs::git::ConfigSetting& setting : *settings) {
    const std::size_t section = setting.key.find('.');
    gs::fuzz::require(section != std::string::npos);
    gs::fuzz::require(setting.key.rfind('.') + 1 < setting.key.size());
    gs::fuzz::require(setting.key.find('\n') == std::string::npos);
  }
  return 0;
}
