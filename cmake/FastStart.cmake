# What GIT_SESSION_FAST_START changes: the targets git-session-yaml-cpp and git-session-tomlplusplus, and git-session-fast-start for the program.
add_library(git-session-yaml-cpp INTERFACE)
add_library(git-session-tomlplusplus INTERFACE)
add_library(git-session-fast-start INTERFACE)
if(NOT GIT_SESSION_FAST_START)
  target_link_libraries(git-session-yaml-cpp INTERFACE yaml-cpp)
  target_link_libraries(git-session-tomlplusplus INTERFACE tomlplusplus::tomlplusplus)
  return()
endif()

# yaml-cpp's own target names the shared library even where the static one lies beside it.
find_library(static_yaml_cpp NAMES libyaml-cpp.a)
if(static_yaml_cpp)
  target_link_libraries(git-session-yaml-cpp INTERFACE "${static_yaml_cpp}")
  target_include_directories(git-session-yaml-cpp INTERFACE $<TARGET_PROPERTY:yaml-cpp,INTERFACE_INCLUDE_DIRECTORIES>)
else()
  target_link_libraries(git-session-yaml-cpp INTERFACE yaml-cpp)
endif()
# Only the headers, which hold all of it.
target_include_directories(git-session-tomlplusplus INTERFACE
  $<TARGET_PROPERTY:tomlplusplus::tomlplusplus,INTERFACE_INCLUDE_DIRECTORIES>)

include(CheckCXXSourceCompiles)
function(link_with_if_possible name)
  set(CMAKE_REQUIRED_LINK_OPTIONS ${ARGN})
  check_cxx_source_compiles("#include <string>\nint main(int n, char**) { return std::string(n, 'a').size() == 0; }" ${name})
  if(${name})
    target_link_options(git-session-fast-start INTERFACE ${ARGN})
  endif()
endfunction()
link_with_if_possible(GIT_SESSION_LINKS_CXX_STATICALLY -static-libstdc++ -static-libgcc)
link_with_if_possible(GIT_SESSION_LINKS_SECTIONS -Wl,--gc-sections -Wl,--as-needed)
target_compile_options(git-session-flags INTERFACE -ffunction-sections -fdata-sections)
