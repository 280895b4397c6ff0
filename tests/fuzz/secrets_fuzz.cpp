#include "checks/secrets/content.h"
#include "checks/secrets/mask.h"
#include "fuzz.h"

// Content of a file or a program's output: searched, and masked the same in one piece and as it
// arrives.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gs::checks;
  const std::string_view text = gs::fuzz::text_of(data, size);
  const AddedContent added = added_content("", text);
  (void)find_secrets("src/a.c", added.lines);
  (void)find_secrets_in_strings("a.bin", added.strings, kInAddedLines);
  (void)find_secrets_in_text(decode_text(text), "in the text");
  const std::string masked = mask_text(text);
  (void)find_secrets_in_name(masked, "in the name");
  const auto in_two = [&](std::size_t cut) {
    StreamMasker masker;
    std::string all = masker.add(text.substr(0, cut));
    all += masker.add(text.substr(cut));
    return all + masker.rest();
  };
  gs::fuzz::require(in_two(0) == in_two(size / 2) && in_two(0) == in_two(size));
  return 0;
}
