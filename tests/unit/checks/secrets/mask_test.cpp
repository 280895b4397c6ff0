#include "checks/secrets/mask.h"

#include <doctest/doctest.h>

#include <string>

namespace gs::checks {
namespace {

// Put together, so that this file holds none.
const std::string kToken = std::string("ghp") + "_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17";
const std::string kBegin = std::string("-----BEGIN ") + "RSA PRIVATE KEY-----";
const std::string kEnd = std::string("-----END ") + "RSA PRIVATE KEY-----";
const std::string kBody = "q7Zt2Kx9Bv4Lm8Rp1Wd6Hs3Yc5Nf0Gj7Ta2Qe9Xu4Ib8Ok1Pz6Av3Dw5Ry0Fh7Mg2";

TEST_CASE("every line of a text is masked, and those of a private key") {
  CHECK(mask_text("a " + kToken + "\nb") == "a ghp_****\nb");
  CHECK(mask_text("a\n") == "a\n");
  CHECK(mask_text("") == "");
  CHECK(mask_text(kBegin + "\n" + kBody + "\n" + kBody + "\n" + kEnd + "\n" + kBody + "\n") ==
        kBegin + "\n****\n****\n" + kEnd + "\n" + kBody + "\n");
}

TEST_CASE("a stream is masked as it arrives, whatever its pieces") {
  StreamMasker masker;
  std::string out;
  for (const char c : "... " + kToken + "\nnext " + kToken) out += masker.add(std::string(1, c));
  CHECK(out == "... ghp_****\n");
  CHECK(masker.rest() == "next ghp_****");
  CHECK(masker.rest() == "");
  CHECK(masker.add("...") == "...");

  // Its first line is recognized wherever the pieces meet.
  const std::string key = kBegin + "\n" + kBody + "\n" + kEnd + "\n";
  for (std::size_t cut = 0; cut <= key.size(); ++cut) {
    StreamMasker pieces;
    std::string shown = pieces.add(key.substr(0, cut));
    shown += pieces.add(key.substr(cut));
    CHECK(shown + pieces.rest() == mask_text(key));
  }
}

TEST_CASE("strings in a value are masked, and the value keeps its shape") {
  const Json value = {{"a", kToken}, {"b", Json::array({"x", kToken, 1})}, {"c", nullptr}};
  const Json masked = mask_strings(value);
  CHECK(masked.at("a").get<std::string>() == "ghp_****");
  CHECK(masked.at("b").at(1).get<std::string>() == "ghp_****");
  CHECK(masked.at("b").at(0).get<std::string>() == "x");
  CHECK(masked.at("c").is_null());
  CHECK(mask_strings(Json::array()).is_array());
}

}  // namespace
}  // namespace gs::checks
