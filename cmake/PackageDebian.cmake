# Runs inside cpack, before the tree is packed: what Debian's policy asks for besides what is installed.
set(root ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share)
set(source ${CMAKE_CURRENT_LIST_DIR}/..)
set(documents ${root}/doc/git-session)

function(compress)
  execute_process(COMMAND gzip -9nf ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(GLOB pages ${root}/man/man1/*.1)
if(NOT pages)
  message(FATAL_ERROR "no manual pages below ${root}/man: is scdoc missing?")
endif()
compress(${pages})

file(READ ${source}/LICENSE license)
string(REGEX MATCH "Copyright [^\n]*" copyright "${license}")
string(REGEX REPLACE "^Copyright *(\\([cC]\\) *)?" "" copyright "${copyright}")
string(REGEX REPLACE "^.*\n(Permission is hereby granted)" "\\1" terms "${license}")
string(STRIP "${terms}" terms)
string(REPLACE "\n\n" "\n.\n" terms "${terms}")
string(REPLACE "\n" "\n " terms "${terms}")
file(WRITE ${documents}/copyright
"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: git-session

Files: *
Copyright: ${copyright}
License: Expat
 ${terms}
")

string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(WRITE ${documents}/changelog.Debian
"git-session (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium

  * Release ${CPACK_PACKAGE_VERSION}; see changelog.gz for what changed.

 -- ${CPACK_PACKAGE_CONTACT}  ${date}
")
configure_file(${source}/CHANGELOG.md ${documents}/changelog COPYONLY)
compress(${documents}/changelog.Debian ${documents}/changelog)
file(REMOVE ${documents}/CHANGELOG.md ${documents}/LICENSE)
file(CHMOD_RECURSE ${root} FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ
  DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
file(GLOB hooks ${root}/git-session/hooks/*)
file(CHMOD ${hooks} PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
