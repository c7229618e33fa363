# What `cmake --install` puts down: the tools, the libraries, the headers, and the package that find_package(sluice) finds.
# Headers keep their folders below include/sluice, which is on the include path too: <sluice/reindex.h> is the front door,
# and "pipeline/stage.h" or <sluice/pipeline/stage.h> is a single part.
include(CMakePackageConfigHelpers)

if(NOT TARGET sluice_reindex)
  return()
endif()
if(NOT TARGET sluice_sluice)
  add_library(sluice_sluice INTERFACE)
  add_library(sluice::sluice ALIAS sluice_sluice)
  set_target_properties(sluice_sluice PROPERTIES EXPORT_NAME sluice)
  target_include_directories(sluice_sluice INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(sluice_sluice INTERFACE sluice::reindex sluice::io sluice::stages sluice::pipeline TBB::tbb)
endif()

set(sluice_installed)
foreach(name pipeline stages http cluster ndjson store serve io reindex sluice)
  if(TARGET sluice_${name})
    list(APPEND sluice_installed sluice_${name})
  endif()
endforeach()
install(TARGETS ${sluice_installed} EXPORT sluice_targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
foreach(program sluice sluiced)
  if(TARGET ${program})
    install(TARGETS ${program} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  endif()
endforeach()

foreach(folder pipeline stages io reindex)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/${folder}/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/sluice/${folder}
          FILES_MATCHING PATTERN "*.h")
endforeach()
file(WRITE ${CMAKE_BINARY_DIR}/include/sluice/reindex.h
     "#pragma once\n\n// The front door of sluice. See reindex/reindex.h for what it promises.\n#include \"reindex/reindex.h\"\n")
install(FILES ${CMAKE_BINARY_DIR}/include/sluice/reindex.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/sluice)

set(sluice_package ${CMAKE_INSTALL_LIBDIR}/cmake/sluice)
install(EXPORT sluice_targets NAMESPACE sluice:: DESTINATION ${sluice_package})
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/sluiceConfig.cmake.in ${CMAKE_BINARY_DIR}/sluiceConfig.cmake
                              INSTALL_DESTINATION ${sluice_package})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/sluiceConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/sluiceConfig.cmake ${CMAKE_BINARY_DIR}/sluiceConfigVersion.cmake DESTINATION ${sluice_package})
