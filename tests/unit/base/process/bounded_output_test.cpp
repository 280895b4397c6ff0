#include "base/process/bounded_output.h"

#include <doctest/doctest.h>

#include <random>

using gs::BoundedOutput;

TEST_CASE("output within the limit is kept as it is") {
  BoundedOutput output(6);
  output.append("abc");
  output.append("");
  output.append("def");
  CHECK(output.left_out() == 0);
  CHECK(output.take() == "abcdef");
}

TEST_CASE("of longer output the head and the tail are kept, and a line tells what is missing") {
  BoundedOutput output(6);
  output.append("abcdefghij");
  CHECK(output.left_out() == 4);
  CHECK(output.take() == "abc\n[… 4 bytes left out …]\nhij");
}

TEST_CASE("any chunks and limits keep the same bytes") {
  std::mt19937 random(5);
  for (int i = 0; i < 5000; ++i) {
    const std::size_t limit = random() % 20;
    BoundedOutput output(limit);
    std::string all;
    for (std::size_t chunks = random() % 12; chunks > 0; --chunks) {
      std::string chunk;
      for (std::size_t n = random() % 15; n > 0; --n) {
        chunk += static_cast<char>('a' + random() % 26);
      }
      all += chunk;
      output.append(chunk);
    }
    std::string expected = all;
    if (all.size() > limit) {
      expected = all.substr(0, limit / 2) + "\n[… " + std::to_string(all.size() - limit) +
                 " bytes left out …]\n" + all.substr(all.size() - (limit - limit / 2));
    }
    REQUIRE(output.left_out() == (all.size() > limit ? all.size() - limit : 0));
    REQUIRE(output.take() == expected);
  }
}
