# lectern_embed_text(TARGET HEADER NAMESPACED_NAME FILE): FILE's text as an inline constant in a generated header
# "resources/HEADER", so that the executable needs nothing beside it.
function(lectern_embed_text target header name file)
    set(source ${PROJECT_SOURCE_DIR}/${file})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
    file(READ ${source} text)
    set(generated ${CMAKE_BINARY_DIR}/generated/resources/${header})
    file(CONFIGURE OUTPUT ${generated} @ONLY CONTENT
        "// Generated from ${file}.\n#pragma once\n#include <string_view>\n\nnamespace lectern {\ninline constexpr std::string_view @name@ = R\"lectern(@text@)lectern\";\n}\n")
    target_include_directories(${target} PRIVATE ${CMAKE_BINARY_DIR}/generated)
endfunction()
