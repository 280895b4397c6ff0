# The target git-session-libgit2: the system's library, or a small one of our own, linked statically. The system's is
# built for every transport; starting it costs more than most of our commands take (docs/architecture.md).
set(GIT_SESSION_LIBGIT2 system CACHE STRING "Which libgit2: system, or bundled (built here, without network transports)")
set_property(CACHE GIT_SESSION_LIBGIT2 PROPERTY STRINGS system bundled)
set(GIT_SESSION_LIBGIT2_SOURCE "" CACHE PATH "An unpacked source tree of libgit2 for 'bundled'; empty: a release is fetched")

add_library(git-session-libgit2 INTERFACE)
if(GIT_SESSION_LIBGIT2 STREQUAL "system")
  pkg_check_modules(libgit2 REQUIRED IMPORTED_TARGET libgit2>=1.5)
  target_link_libraries(git-session-libgit2 INTERFACE PkgConfig::libgit2)
  return()
elseif(NOT GIT_SESSION_LIBGIT2 STREQUAL "bundled")
  message(FATAL_ERROR "GIT_SESSION_LIBGIT2 is '${GIT_SESSION_LIBGIT2}': it is 'system' or 'bundled'")
endif()

include(ExternalProject)
set(source "${GIT_SESSION_LIBGIT2_SOURCE}")
if(NOT source)
  include(FetchLibgit2)
  set(source "${CMAKE_BINARY_DIR}/libgit2-release")
  fetch_libgit2("${source}")
endif()
if(NOT EXISTS "${source}/include/git2/version.h")
  message(FATAL_ERROR "GIT_SESSION_LIBGIT2_SOURCE: '${source}' is no source tree of libgit2")
endif()
file(STRINGS "${source}/include/git2/version.h" version REGEX "define LIBGIT2_VERSION +\"")
string(REGEX REPLACE ".*\"([0-9.]+).*\".*" "\\1" version "${version}")
if(version VERSION_LESS 1.5 OR version VERSION_GREATER_EQUAL 1.10)
  message(FATAL_ERROR "'${source}' is libgit2 ${version}; the tests know 1.5 to 1.9")
endif()

# A distribution's source package lacks the parser that upstream's release brings. (It is compiled in, and never runs.)
if(EXISTS "${source}/deps/llhttp" OR EXISTS "${source}/deps/http-parser")
  set(parser builtin)
elseif(version VERSION_LESS 1.8)
  set(parser system)
  set(parser_library http_parser)
else()
  set(parser llhttp)
  set(parser_library llhttp)
endif()

set(built "${CMAKE_BINARY_DIR}/libgit2")
set(archive "${built}/lib/${CMAKE_STATIC_LIBRARY_PREFIX}git2${CMAKE_STATIC_LIBRARY_SUFFIX}")
file(MAKE_DIRECTORY "${built}/include")
ExternalProject_Add(bundled-libgit2
  SOURCE_DIR "${source}"
  PREFIX "${built}/project"
  INSTALL_DIR "${built}"
  BUILD_BYPRODUCTS "${archive}"
  CMAKE_ARGS
    "-DCMAKE_INSTALL_PREFIX=${built}" -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_BUILD_TYPE=Release
    "-DCMAKE_C_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER}"
    "-DCMAKE_C_FLAGS=-ffunction-sections -fdata-sections" -DCMAKE_POLICY_VERSION_MINIMUM=3.5
    -DBUILD_SHARED_LIBS=OFF -DBUILD_TESTS=OFF -DBUILD_CLI=OFF -DBUILD_EXAMPLES=OFF -DBUILD_FUZZERS=OFF
    -DUSE_HTTPS=OFF -DUSE_SSH=OFF -DUSE_GSSAPI=OFF -DUSE_NTLMCLIENT=OFF -DUSE_AUTH_NTLM=OFF -DUSE_AUTH_NEGOTIATE=OFF
    -DUSE_SHA256=Builtin -DUSE_HTTP_PARSER=${parser} -DREGEX_BACKEND=regcomp -DUSE_BUNDLED_ZLIB=OFF
  LOG_CONFIGURE ON LOG_BUILD ON LOG_INSTALL ON LOG_OUTPUT_ON_FAILURE ON)

add_library(libgit2-archive STATIC IMPORTED)
set_target_properties(libgit2-archive PROPERTIES IMPORTED_LOCATION "${archive}"
  INTERFACE_INCLUDE_DIRECTORIES "${built}/include")
add_dependencies(libgit2-archive bundled-libgit2)
target_link_libraries(git-session-libgit2 INTERFACE libgit2-archive)
add_dependencies(git-session-libgit2 bundled-libgit2)
# zlib stays shared: a distribution fixes it in one place, and it costs the start next to nothing.
target_link_libraries(git-session-libgit2 INTERFACE ZLIB::ZLIB)
foreach(name ${parser_library})
  find_library(static_${name} NAMES lib${name}.a)
  if(static_${name})
    target_link_libraries(git-session-libgit2 INTERFACE "${static_${name}}")
  else()
    target_link_libraries(git-session-libgit2 INTERFACE ${name})
  endif()
endforeach()
install(FILES "${source}/COPYING" DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME COPYING.libgit2)
