# cmake -DIN=…scd.in -DOUT=….1 -DDOCS=git-session-docs -DSCDOC=scdoc -DVERSION=… -P render.cmake
#
# Makes a manual page. A line @OPTIONS@ becomes the options of the page's own command, @OPTIONS snapshot list@ those of
# another one, @CONFIG_KEYS@ the keys of the Session Config: as the program itself tells them.
cmake_minimum_required(VERSION 3.25)

function(ask result)
  execute_process(COMMAND ${DOCS} ${ARGN} OUTPUT_VARIABLE text RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "git-session-docs ${ARGN}: ${status}")
  endif()
  string(STRIP "${text}" text)
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

cmake_path(GET IN FILENAME name)
string(REGEX REPLACE "^git-session-?([a-z]*)\\.1\\.scd\\.in$" "\\1" command ${name})

file(READ ${IN} page)
string(REPLACE "@VERSION@" "${VERSION}" page "${page}")
while(page MATCHES "\n@([A-Z_]+)( [a-z ]+)?@\n")
  set(marker "${CMAKE_MATCH_0}")
  string(STRIP "${CMAKE_MATCH_2}" words)
  separate_arguments(words)
  if(CMAKE_MATCH_1 STREQUAL "OPTIONS")
    if(NOT words)
      set(words ${command})
    endif()
    ask(text options ${words})
  elseif(CMAKE_MATCH_1 STREQUAL "CONFIG_KEYS")
    ask(text config-keys)
  else()
    message(FATAL_ERROR "${name}: no such marker: ${marker}")
  endif()
  string(REPLACE "${marker}" "\n${text}\n" page "${page}")
endwhile()

file(WRITE ${OUT}.scd "${page}")
execute_process(COMMAND ${SCDOC} INPUT_FILE ${OUT}.scd OUTPUT_VARIABLE page RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "${SCDOC}: ${name} is no scdoc")
endif()

# scdoc begins paragraphs where none follows. Put right, the page passes mandoc's lint as it is.
string(REGEX REPLACE "(\n\\.PP?)+\n\\.RE" "\n.RE\n.P" page "${page}")
string(REGEX REPLACE "\n\n+\\.RE" "\n.RE" page "${page}")
string(REGEX REPLACE "(\n\\.S[HS] [^\n]*)(\n\\.PP?)+" "\\1" page "${page}")
string(REGEX REPLACE "(\n\\.PP?)+(\n\\.S[HS] )" "\\2" page "${page}")
string(REGEX REPLACE "(\n\\.PP?)+(\n\\.PP?)" "\\2" page "${page}")
string(REGEX REPLACE "(\n\\.PP?)+\n$" "\n" page "${page}")
file(WRITE ${OUT} "${page}")
