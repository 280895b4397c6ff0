// Writes the parts of the documentation that come from the program's own tables (man/, docs/,
// completions/).
#include <string>
#include <vector>

#include "cli/documentation.h"

int main(int argc, char** argv) {
  return gs::cli::run_documentation(std::vector<std::string>(argv + 1, argv + argc));
}
