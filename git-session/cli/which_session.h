#pragma once

#include <string>

namespace gs::cli {

// " --session NAME" behind a command that is to act on this session, where several are open and
// nothing else says which is meant; else "".
[[nodiscard]] std::string session_option(const std::string& session);

// '"Title"', else its name, else its id.
[[nodiscard]] std::string shown_session(const std::string& title, const std::string& name,
                                        const std::string& session);

}  // namespace gs::cli
