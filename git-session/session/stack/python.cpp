// Python projects.
#include "session/project_files.h"

namespace gs::session {

namespace {

// A program of the project's environment, run by the tool that manages the environment.
std::string in_environment(const ProjectFiles& files, const std::string& command) {
  if (files.has("uv.lock")) return "uv run " + command;
  if (files.has("poetry.lock")) return "poetry run " + command;
  return command;
}

std::optional<std::string> lint_command(const ProjectFiles& files) {
  if (files.has("ruff.toml") || files.has(".ruff.toml") ||
      files.contains("pyproject.toml", "[tool.ruff")) {
    return in_environment(files, "ruff check");
  }
  if (files.has(".flake8") || files.contains("setup.cfg", "[flake8]") ||
      files.contains("tox.ini", "[flake8]")) {
    return in_environment(files, "flake8");
  }
  return std::nullopt;
}

std::optional<std::string> typecheck_command(const ProjectFiles& files) {
  for (const auto& [file, section] :
       {std::pair{"mypy.ini", "[mypy]"}, std::pair{".mypy.ini", "[mypy]"},
        std::pair{"pyproject.toml", "[tool.mypy]"}, std::pair{"setup.cfg", "[mypy]"}}) {
    const std::string text = files.text(file);
    const std::size_t at = text.find(section);
    if (at == std::string::npos) continue;
    // Without arguments mypy checks what its section names; if that names nothing, it needs one.
    const std::string body = text.substr(at, text.find("\n[", at) - at);
    const bool names_files =
        body.find("\nfiles") != std::string::npos || body.find("\npackages") != std::string::npos;
    return in_environment(files, names_files ? "mypy" : "mypy .");
  }
  if (files.has("pyrightconfig.json") || files.contains("pyproject.toml", "[tool.pyright]")) {
    return in_environment(files, "pyright");
  }
  return std::nullopt;
}

// A test file that is written for pytest, where the project says nothing of it.
std::string pytest_file(const ProjectFiles& files) {
  const auto is_test = [](std::string_view name) {
    return name.ends_with(".py") && (name.starts_with("test_") || name.ends_with("_test.py"));
  };
  const bool is_python =
      !files.first_of({"setup.py", "setup.cfg", "pyproject.toml", "requirements.txt"}).empty() ||
      !files.with_ending(".py").empty();
  if (!is_python) return "";
  for (const char* directory : {"", "tests", "test"}) {
    const std::string found =
        files.with_line(directory, is_test, {"import pytest", "from pytest import"});
    if (!found.empty()) return found;
  }
  return "";
}

}  // namespace

std::optional<Stack> detect_tox(const ProjectFiles& files) {
  std::string evidence;
  if (files.contains("tox.ini", "[tox]") || files.contains("tox.ini", "[testenv")) {
    evidence = "tox.ini";
  } else if (files.has("tox.toml")) {
    evidence = "tox.toml";
  } else if (files.contains("pyproject.toml", "[tool.tox")) {
    evidence = "pyproject.toml";
  }
  if (evidence.empty()) return std::nullopt;
  return Stack{"tox", evidence, "tox", typecheck_command(files), lint_command(files)};
}

std::optional<Stack> detect_pytest(const ProjectFiles& files) {
  std::string evidence = files.first_of({"pytest.ini", ".pytest.ini"});
  if (evidence.empty() && files.contains("pyproject.toml", "[tool.pytest")) {
    evidence = "pyproject.toml";
  }
  if (evidence.empty() && files.contains("tox.ini", "[pytest]")) evidence = "tox.ini";
  if (evidence.empty() && files.contains("setup.cfg", "[tool:pytest]")) evidence = "setup.cfg";
  if (evidence.empty()) {
    evidence = files.first_of({"conftest.py", "tests/conftest.py", "test/conftest.py"});
  }
  if (evidence.empty()) evidence = pytest_file(files);
  if (!evidence.empty()) {
    return Stack{"pytest", evidence, in_environment(files, "pytest"), typecheck_command(files),
                 lint_command(files)};
  }
  evidence = files.first_of({"pyproject.toml", "setup.cfg", "setup.py"});
  if (evidence.empty()) return std::nullopt;
  return Stack{"python", evidence, std::nullopt, typecheck_command(files), lint_command(files)};
}

}  // namespace gs::session
