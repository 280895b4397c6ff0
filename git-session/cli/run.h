#pragma once

namespace gs::cli {

// The program: parses the command line, runs the command, turns an error into a message and an exit
// code.
[[nodiscard]] int run_program(int argc, char** argv);

}  // namespace gs::cli
