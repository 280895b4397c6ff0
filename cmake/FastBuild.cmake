# Two ways to read headers less often, of which a build uses one. Half of the time that a file takes is in headers.

option(GIT_SESSION_UNITE "Compile the files of each folder as one: for builds from scratch" OFF)

# precompile(TARGET [further headers…]): the headers that most files include are read once a library. A file includes what
# it uses all the same: the preset tidy, which does neither, shows where it does not.
function(precompile target)
  if(GIT_SESSION_UNITE OR CMAKE_DISABLE_PRECOMPILE_HEADERS)
    return()
  endif()
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)  # for ccache
  target_precompile_headers(${target} PRIVATE <algorithm> <array> <cerrno> <charconv> <chrono> <cstddef> <cstdint>
    <functional> <map> <memory> <optional> <set> <span> <string> <string_view> <utility> <vector> ${ARGN})
endfunction()

# precompile_as(TARGET OTHER): with the headers of another target that is compiled with the same options.
function(precompile_as target other)
  if(GIT_SESSION_UNITE OR CMAKE_DISABLE_PRECOMPILE_HEADERS)
    return()
  endif()
  target_precompile_headers(${target} REUSE_FROM ${other})
endfunction()

# unite(TARGET): names in an unnamed namespace are then a folder's. After a change to one file its folder is compiled again.
function(unite target)
  if(NOT GIT_SESSION_UNITE)
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    cmake_path(GET source PARENT_PATH folder)
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${folder})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()
