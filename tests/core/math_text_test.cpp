// Formulas as readable text, and those that stay as they were written.
#include "app/core/math_text.h"

#include "tests/support/catch.h"

using namespace lectern;

namespace {

std::string text_of(const char* tex) { return math_text(tex).value_or("(as written)"); }

}  // namespace

TEST_CASE("raised and lowered characters are Unicode's where it has all of them") {
    CHECK(text_of("x^2 + y_1") == "x² + y₁");
    CHECK(text_of("e^{-x}") == "e⁻ˣ");
    CHECK(text_of("\\sum_{i=1}^{n} i^2") == "∑ᵢ₌₁ⁿ i²");
    CHECK(text_of("a_{max}") == "aₘₐₓ");
    CHECK(text_of("x^{q+1}") == "x^(q+1)");
    CHECK(text_of("x_{b}") == "x_b");
}

TEST_CASE("Greek letters, operators and functions are read by their names") {
    CHECK(text_of("\\alpha\\le\\beta") == "α ≤ β");
    CHECK(text_of("a \\times b \\neq c") == "a × b ≠ c");
    CHECK(text_of("\\sin x + \\log(n)") == "sin x + log(n)");
    CHECK(text_of("x \\in \\mathbb{R}, x \\to \\infty") == "x ∈ ℝ, x → ∞");
    CHECK(text_of("\\hat{x} \\text{ is fine}") == "x̂ is fine");
}

TEST_CASE("fractions and roots keep together what belongs together") {
    CHECK(text_of("\\frac{1}{2}") == "1/2");
    CHECK(text_of("\\frac{a+b}{c}") == "(a+b)/c");
    CHECK(text_of("\\sqrt{x}") == "√x");
    CHECK(text_of("\\sqrt[3]{x+1}") == "∛(x+1)");
    CHECK(text_of("\\left( \\frac{1}{\\sqrt{2}} \\right)^n") == "(1/√2)ⁿ");
}

TEST_CASE("what has no such form stays as it was written") {
    CHECK_FALSE(math_text("\\begin{matrix} a & b \\end{matrix}"));
    CHECK_FALSE(math_text("a & b"));
    CHECK_FALSE(math_text("\\unknowncommand{x}"));
    CHECK_FALSE(math_text("x^{2"));
    CHECK_FALSE(math_text("x}"));
    CHECK_FALSE(math_text("x^"));
    CHECK_FALSE(math_text(" "));
    CHECK_FALSE(math_text(std::string(1000, '{')));
}
