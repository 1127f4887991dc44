#include "app/core/math_signs.h"

#include <map>

namespace lectern {
namespace {

using Table = std::map<std::string_view, std::string_view>;

std::string_view found(const Table& table, std::string_view key) {
    const auto entry = table.find(key);
    return entry == table.end() ? std::string_view() : entry->second;
}

const Table& letters() {
    static const Table kLetters = {
        {"alpha", "α"},    {"beta", "β"},       {"gamma", "γ"},     {"delta", "δ"},
        {"epsilon", "ϵ"},  {"varepsilon", "ε"}, {"zeta", "ζ"},      {"eta", "η"},
        {"theta", "θ"},    {"vartheta", "ϑ"},   {"iota", "ι"},      {"kappa", "κ"},
        {"lambda", "λ"},   {"mu", "μ"},         {"nu", "ν"},        {"xi", "ξ"},
        {"pi", "π"},       {"varpi", "ϖ"},      {"rho", "ρ"},       {"varrho", "ϱ"},
        {"sigma", "σ"},    {"varsigma", "ς"},   {"tau", "τ"},       {"upsilon", "υ"},
        {"phi", "ϕ"},      {"varphi", "φ"},     {"chi", "χ"},       {"psi", "ψ"},
        {"omega", "ω"},    {"Gamma", "Γ"},      {"Delta", "Δ"},     {"Theta", "Θ"},
        {"Lambda", "Λ"},   {"Xi", "Ξ"},         {"Pi", "Π"},        {"Sigma", "Σ"},
        {"Upsilon", "Υ"},  {"Phi", "Φ"},        {"Psi", "Ψ"},       {"Omega", "Ω"},
        {"infty", "∞"},    {"partial", "∂"},    {"nabla", "∇"},     {"hbar", "ℏ"},
        {"ell", "ℓ"},      {"Re", "ℜ"},         {"Im", "ℑ"},        {"aleph", "ℵ"},
        {"emptyset", "∅"}, {"varnothing", "∅"}, {"degree", "°"},    {"circ", "∘"},
        {"sum", "∑"},      {"prod", "∏"},       {"coprod", "∐"},    {"int", "∫"},
        {"iint", "∬"},     {"iiint", "∭"},      {"oint", "∮"},      {"bigcup", "⋃"},
        {"bigcap", "⋂"},   {"forall", "∀"},     {"exists", "∃"},    {"nexists", "∄"},
        {"neg", "¬"},      {"lnot", "¬"},       {"angle", "∠"},     {"triangle", "△"},
        {"prime", "′"},    {"dots", "…"},       {"ldots", "…"},     {"cdots", "⋯"},
        {"vdots", "⋮"},    {"ddots", "⋱"},      {"langle", "⟨"},    {"rangle", "⟩"},
        {"lceil", "⌈"},    {"rceil", "⌉"},      {"lfloor", "⌊"},    {"rfloor", "⌋"},
        {"lvert", "|"},    {"rvert", "|"},      {"lVert", "‖"},     {"rVert", "‖"},
        {"vert", "|"},     {"Vert", "‖"},       {"|", "‖"},         {"{", "{"},
        {"}", "}"},        {"lbrace", "{"},     {"rbrace", "}"},    {"$", "$"},
        {"%", "%"},        {"&", "&"},          {"#", "#"},         {"_", "_"},
        {",", " "},        {";", " "},          {":", " "},         {" ", " "},
        {"quad", "  "},    {"qquad", "   "},    {"!", ""},          {"displaystyle", ""},
        {"textstyle", ""}, {"limits", ""},      {"nolimits", ""},   {"dagger", "†"},
        {"star", "⋆"},     {"bullet", "•"},     {"checkmark", "✓"}, {"square", "□"}};
    return kLetters;
}

const Table& operations() {
    static const Table kOperations = {{"times", "×"},
                                      {"div", "÷"},
                                      {"cdot", "·"},
                                      {"pm", "±"},
                                      {"mp", "∓"},
                                      {"ast", "∗"},
                                      {"oplus", "⊕"},
                                      {"ominus", "⊖"},
                                      {"otimes", "⊗"},
                                      {"odot", "⊙"},
                                      {"cup", "∪"},
                                      {"cap", "∩"},
                                      {"setminus", "∖"},
                                      {"wedge", "∧"},
                                      {"land", "∧"},
                                      {"vee", "∨"},
                                      {"lor", "∨"},
                                      {"le", "≤"},
                                      {"leq", "≤"},
                                      {"ge", "≥"},
                                      {"geq", "≥"},
                                      {"ll", "≪"},
                                      {"gg", "≫"},
                                      {"lt", "<"},
                                      {"gt", ">"},
                                      {"ne", "≠"},
                                      {"neq", "≠"},
                                      {"equiv", "≡"},
                                      {"approx", "≈"},
                                      {"sim", "∼"},
                                      {"simeq", "≃"},
                                      {"cong", "≅"},
                                      {"propto", "∝"},
                                      {"in", "∈"},
                                      {"notin", "∉"},
                                      {"ni", "∋"},
                                      {"subset", "⊂"},
                                      {"subseteq", "⊆"},
                                      {"supset", "⊃"},
                                      {"supseteq", "⊇"},
                                      {"to", "→"},
                                      {"rightarrow", "→"},
                                      {"longrightarrow", "⟶"},
                                      {"leftarrow", "←"},
                                      {"gets", "←"},
                                      {"leftrightarrow", "↔"},
                                      {"Rightarrow", "⇒"},
                                      {"implies", "⟹"},
                                      {"Leftarrow", "⇐"},
                                      {"Leftrightarrow", "⇔"},
                                      {"iff", "⟺"},
                                      {"mapsto", "↦"},
                                      {"uparrow", "↑"},
                                      {"downarrow", "↓"},
                                      {"perp", "⊥"},
                                      {"parallel", "∥"},
                                      {"mid", "∣"},
                                      {"models", "⊨"},
                                      {"vdash", "⊢"},
                                      {"bmod", "mod"},
                                      {"coloneqq", "≔"},
                                      {"doteq", "≐"},
                                      {"prec", "≺"},
                                      {"succ", "≻"}};
    return kOperations;
}

const Table& functions() {
    static const Table kFunctions = {
        {"sin", "sin"},       {"cos", "cos"},   {"tan", "tan"},       {"cot", "cot"},
        {"sec", "sec"},       {"csc", "csc"},   {"arcsin", "arcsin"}, {"arccos", "arccos"},
        {"arctan", "arctan"}, {"sinh", "sinh"}, {"cosh", "cosh"},     {"tanh", "tanh"},
        {"log", "log"},       {"ln", "ln"},     {"lg", "lg"},         {"exp", "exp"},
        {"max", "max"},       {"min", "min"},   {"sup", "sup"},       {"inf", "inf"},
        {"lim", "lim"},       {"arg", "arg"},   {"det", "det"},       {"dim", "dim"},
        {"ker", "ker"},       {"gcd", "gcd"},   {"deg", "deg"},       {"Pr", "Pr"}};
    return kFunctions;
}

std::map<std::string_view, MathSign> all_signs() {
    std::map<std::string_view, MathSign> signs;
    for (const auto& [name, text] : letters()) signs[name] = {text, MathSpace::kNone};
    for (const auto& [name, text] : operations()) signs[name] = {text, MathSpace::kBoth};
    for (const auto& [name, text] : functions()) signs[name] = {text, MathSpace::kBehind};
    return signs;
}

}  // namespace

const MathSign* math_sign(std::string_view command) {
    static const std::map<std::string_view, MathSign> kSigns = all_signs();
    const auto entry = kSigns.find(command);
    return entry == kSigns.end() ? nullptr : &entry->second;
}

std::string_view raised(std::string_view character) {
    static const Table kRaised = {
        {"0", "⁰"}, {"1", "¹"}, {"2", "²"}, {"3", "³"}, {"4", "⁴"}, {"5", "⁵"}, {"6", "⁶"},
        {"7", "⁷"}, {"8", "⁸"}, {"9", "⁹"}, {"+", "⁺"}, {"−", "⁻"}, {"=", "⁼"}, {"(", "⁽"},
        {")", "⁾"}, {"a", "ᵃ"}, {"b", "ᵇ"}, {"c", "ᶜ"}, {"d", "ᵈ"}, {"e", "ᵉ"}, {"f", "ᶠ"},
        {"g", "ᵍ"}, {"h", "ʰ"}, {"i", "ⁱ"}, {"j", "ʲ"}, {"k", "ᵏ"}, {"l", "ˡ"}, {"m", "ᵐ"},
        {"n", "ⁿ"}, {"o", "ᵒ"}, {"p", "ᵖ"}, {"r", "ʳ"}, {"s", "ˢ"}, {"t", "ᵗ"}, {"u", "ᵘ"},
        {"v", "ᵛ"}, {"w", "ʷ"}, {"x", "ˣ"}, {"y", "ʸ"}, {"z", "ᶻ"}, {"A", "ᴬ"}, {"B", "ᴮ"},
        {"D", "ᴰ"}, {"E", "ᴱ"}, {"G", "ᴳ"}, {"H", "ᴴ"}, {"I", "ᴵ"}, {"J", "ᴶ"}, {"K", "ᴷ"},
        {"L", "ᴸ"}, {"M", "ᴹ"}, {"N", "ᴺ"}, {"O", "ᴼ"}, {"P", "ᴾ"}, {"R", "ᴿ"}, {"T", "ᵀ"},
        {"U", "ᵁ"}, {"V", "ⱽ"}, {"W", "ᵂ"}, {"β", "ᵝ"}, {"γ", "ᵞ"}, {"δ", "ᵟ"}, {"θ", "ᶿ"},
        {"φ", "ᵠ"}, {"χ", "ᵡ"}, {"∘", "°"}, {"°", "°"}, {"′", "′"}, {"∗", "*"}, {"*", "*"}};
    return found(kRaised, character);
}

std::string_view lowered(std::string_view character) {
    static const Table kLowered = {
        {"0", "₀"}, {"1", "₁"}, {"2", "₂"}, {"3", "₃"}, {"4", "₄"}, {"5", "₅"}, {"6", "₆"},
        {"7", "₇"}, {"8", "₈"}, {"9", "₉"}, {"+", "₊"}, {"−", "₋"}, {"=", "₌"}, {"(", "₍"},
        {")", "₎"}, {"a", "ₐ"}, {"e", "ₑ"}, {"h", "ₕ"}, {"i", "ᵢ"}, {"j", "ⱼ"}, {"k", "ₖ"},
        {"l", "ₗ"}, {"m", "ₘ"}, {"n", "ₙ"}, {"o", "ₒ"}, {"p", "ₚ"}, {"r", "ᵣ"}, {"s", "ₛ"},
        {"t", "ₜ"}, {"u", "ᵤ"}, {"v", "ᵥ"}, {"x", "ₓ"}, {"β", "ᵦ"}, {"γ", "ᵧ"}, {"ρ", "ᵨ"},
        {"φ", "ᵩ"}, {"χ", "ᵪ"}};
    return found(kLowered, character);
}

std::string_view double_struck(std::string_view letter) {
    static const Table kStruck = {{"A", "𝔸"}, {"B", "𝔹"}, {"C", "ℂ"}, {"D", "𝔻"}, {"E", "𝔼"},
                                  {"F", "𝔽"}, {"H", "ℍ"}, {"K", "𝕂"}, {"N", "ℕ"}, {"P", "ℙ"},
                                  {"Q", "ℚ"}, {"R", "ℝ"}, {"S", "𝕊"}, {"Z", "ℤ"}, {"1", "𝟙"}};
    return found(kStruck, letter);
}

std::string_view combining_accent(std::string_view command) {
    static const Table kAccents = {
        {"hat", "\u0302"},       {"widehat", "\u0302"}, {"bar", "\u0304"},
        {"overline", "\u0305"},  {"vec", "\u20D7"},     {"tilde", "\u0303"},
        {"widetilde", "\u0303"}, {"dot", "\u0307"},     {"ddot", "\u0308"}};
    return found(kAccents, command);
}

}  // namespace lectern
