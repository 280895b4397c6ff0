# The Debian package: `cmake --build build/release --target package`.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME git-session)
set(CPACK_PACKAGE_VENDOR "The git-session authors")
set(CPACK_PACKAGE_CONTACT "The git-session authors <git-session@users.noreply.github.com>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION vcs)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "git (>= 1:2.30)")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS man-db)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "gh, glab")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "close working sessions in git")
set(CPACK_PACKAGE_DESCRIPTION
  "git session opens a working session in a repository, keeps snapshots of its
uncommitted work, and closes it: it proves what was planned against what
changed, runs the project's checks, commits this session's files one by one
and nobody else's, pushes, files what is left over as issues, writes the
session's record, and reports.")
# What only Debian's policy asks for is made while packing: `cmake --install` has no use for it.
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/PackageDebian.cmake)
include(CPack)
