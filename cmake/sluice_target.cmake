# What every target of the project has in common: the language, the warnings, the sanitizers.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
find_program(SLUICE_CCACHE ccache)
if(SLUICE_CCACHE)
  # Paths below the project count as relative, so that a second clone finds what the first one compiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=true ${SLUICE_CCACHE})
endif()

add_library(sluice_options INTERFACE)
target_compile_options(sluice_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast
                                                # clang 19 on GCC 12's library: std::stable_sort uses what C++17 deprecated
                                                $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>
                                                $<$<BOOL:${SLUICE_WERROR}>:-Werror>)
# GCC 12 sees overlaps that are not there in "literal" + std::string (its bug 105651).
target_compile_options(sluice_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
# Shared Boost.JSON, and no Boost header pulled in where curl or TBB is.
target_compile_definitions(sluice_options INTERFACE BOOST_ALL_NO_LIB)
if(SLUICE_SANITIZE STREQUAL "address")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize=vptr -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  # GCC 12 sees uninitialized parts of std::regex with the sanitizer only (its bug 105562).
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  add_link_options(-fsanitize=address,undefined)
elseif(SLUICE_SANITIZE STREQUAL "thread")
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
endif()
if(SLUICE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# sluice_library(NAME SOURCES ... LINKS ...): a folder of the house as a library sluice::NAME.
function(sluice_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
  add_library(sluice_${name} STATIC ${ARG_SOURCES})
  add_library(sluice::${name} ALIAS sluice_${name})
  set_target_properties(sluice_${name} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(sluice_${name} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
                                                   $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/sluice>)
  target_link_libraries(sluice_${name} PUBLIC ${ARG_LINKS} PRIVATE $<BUILD_INTERFACE:sluice_options> ${ARG_PRIVATE_LINKS})
  target_compile_features(sluice_${name} PUBLIC cxx_std_23)
endfunction()
