# How every target of the project is compiled: warnings are errors where assertions are on, sanitizers and assertions by option.

function(lectern_compile_options target)
    # -Wno-restrict: GCC 12 sees overlaps in std::string where there are none (its bug 105651).
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wno-restrict)
    # Fixed summation order and explicit fma: the compiler must not contract or reassociate (batch invariance).
    target_compile_options(${target} PRIVATE -ffp-contract=off)
    if(LECTERN_ASSERTIONS)
        target_compile_options(${target} PRIVATE -UNDEBUG -Werror)
    endif()
    if(LECTERN_SANITIZE)
        # -Wno-maybe-uninitialized: sanitizers' own code makes GCC see it where it is not (documented under -fsanitize).
        target_compile_options(${target} PRIVATE -fsanitize=${LECTERN_SANITIZE} -fno-sanitize-recover=all
                                                 -fno-omit-frame-pointer -Wno-maybe-uninitialized)
        target_link_options(${target} PUBLIC -fsanitize=${LECTERN_SANITIZE})
    endif()
    target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
endfunction()

# lectern_library(NAME LINKS...): a static library whose folders add their own sources with target_sources.
function(lectern_library name)
    add_library(${name} STATIC)
    lectern_compile_options(${name})
    target_link_libraries(${name} PUBLIC ${ARGN})
endfunction()
