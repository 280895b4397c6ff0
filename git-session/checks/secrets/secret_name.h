#pragma once

#include <string_view>

namespace gs::checks {

// Of an identifier, a key of a configuration, an option, a header.
[[nodiscard]] bool is_name_character(char c);

// Whether a value under the name is a secret: "AWS_SECRET_ACCESS_KEY", "clientSecret",
// "db.password". Not "public_key", "csrf_token", "password_hash", "tokenizer".
[[nodiscard]] bool names_a_secret(std::string_view name);

}  // namespace gs::checks
