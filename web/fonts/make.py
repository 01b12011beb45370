"""Make the web fonts beside this script from the published ones, and say in fonts.css what is in each. See README.md."""

import argparse
import re
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont


def span(first, last):
    return set(range(first, last + 1))


def chars(text):
    return {ord(c) for c in text}


ENGLISH = span(0x20, 0x7E) | span(0xA0, 0xFF) | chars("ıŁłŒœŠšŽžČčĆćŻżĘęĄą‐‑‒–—―‘’‚“”„†‡•…‹›€™")
SPACES = {0x2009, 0x200A, 0x202F, 0x2007, 0x200B}
GREEK = span(0x391, 0x3A9) | span(0x3B1, 0x3C9) | chars("ϑϕϵ")
ACCENTS = {0x300, 0x301, 0x302, 0x303, 0x304, 0x305, 0x307, 0x308} | chars("ˆ˜¯‾′″")
SMALL_DIGITS = span(0x2070, 0x209C) | chars("¹²³ᵀᵢⱼ¼½¾⅓⅔")
OPERATORS = chars("−±×÷·⋅∓∕∖√∛∞∂∇∑∏∫∝∼≃≅≈≠≡≤≥≪≫∈∉⊂⊆∪∩∀∃∅∧∨¬∘⊥∥∣‖|⟨⟩⌊⌋⌈⌉ℓℝℕℤ")
ARROWS = chars("←↑→↓↔↕⇐⇒⇔↦⟵⟶⟷↺↻")
SIGNS = chars("■□▲△▼▽▶▷◀◁●○◆◇◐◑✓✔✕✗★☆⏸⏹")
TEXT = ENGLISH | SPACES | GREEK | ACCENTS | SMALL_DIGITS | OPERATORS | ARROWS | SIGNS

# Letters that MathML draws for <mi> and \mathcal, \mathbb, \mathbf, \mathtt.
ITALIC_LETTERS = span(0x1D434, 0x1D467) | {0x210E}
ITALIC_GREEK = span(0x1D6E2, 0x1D71B)
BOLD_LETTERS = span(0x1D400, 0x1D433) | span(0x1D6A8, 0x1D6E1)
MATH_LETTERS = (
    ITALIC_LETTERS | ITALIC_GREEK | BOLD_LETTERS
    | span(0x1D68A, 0x1D6A3)  # typewriter
    | chars("ℬℰℋℐℒℳℛ𝒟𝒩𝒫𝔼ℙ𝟙")
)
MATH = span(0x20, 0x7E) | chars("\xa0¬±·×÷…–—‘’“”") | SPACES | GREEK | ACCENTS | OPERATORS | ARROWS | MATH_LETTERS

# What the pages show as they are first seen comes with them; the other characters are in files of their own
# (`-more`), which a browser asks for when a text has one of them.
SOON = span(0x20, 0x7E) | chars("\xa0–—‘’“”…×−±·")
SOON_SANS = SOON | chars("²√≈≤≥∞←→✓₀₁₂₃₄₅₆₇₈₉αβελμνθστ")
SOON_SERIF = SOON | chars("ασθμ√")
SOON_MATH = (
    SOON | ACCENTS | span(0x3B1, 0x3C9) | chars("ϵϕ÷∑∏∫√∞∂∝∼≈≠≤≥≡∣|⟨⟩→")
    | ITALIC_LETTERS | span(0x1D6FC, 0x1D71B)
)

# Without signs that are put together of several, in which no word of the pages is written, the tables are small.
SOON_FEATURES = ["kern", "tnum", "calt", "liga"]
TEXT_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "case", "calt", "liga"]
# The weights that the styles and the pictures have in each family.
SANS_WEIGHTS = (400, 700)
SERIF_WEIGHTS = (400, 600)


def make(source, target, wanted, features, axes, family):
    font = TTFont(source, recalcTimestamp=False)
    if axes:
        buffer = BytesIO()
        instantiateVariableFont(font, axes, inplace=True).save(buffer)
        font = TTFont(BytesIO(buffer.getvalue()), recalcTimestamp=False)  # Read again: the subsetter wants every glyph's variations.
    options = Options()
    options.flavor = "woff2"
    options.layout_features = features
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = [0, 1, 2, 3, 4, 6, 13, 14]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    if family:  # A reserved font name may not be borne by a changed font.
        for record in font["name"].names:
            if record.nameID in (1, 4):
                record.string = family
            elif record.nameID in (3, 6):
                record.string = family.replace(" ", "")
    font.flavor = "woff2"
    font.save(target)
    held = wanted & set(font.getBestCmap())
    missing = "".join(sorted(chr(c) for c in wanted - held if c > 0x2000))
    print(f"{target.name:28} {target.stat().st_size:7,} bytes; not in the source font: {missing}")
    write_range(target, held)


def write_range(font, held):
    """Say in fonts.css, after the address of `font`, that it has the characters `held`."""
    runs = []
    for c in sorted(held):
        if runs and runs[-1][1] == c - 1:
            runs[-1][1] = c
        else:
            runs.append([c, c])
    ranges = ", ".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in runs)
    sheet = font.parent / "fonts.css"
    face = re.compile(r'(src: url\("fonts/' + re.escape(font.name) + r'"\)[^}]*?unicode-range: )[^;]*;')
    text, count = face.subn(lambda found: f"{found[1]}{ranges};", sheet.read_text())
    if count != 1:
        raise SystemExit(f"fonts.css has {count} faces with a unicode-range for {font.name}")
    sheet.write_text(text)


def main():
    here = Path(__file__).parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("node_modules", type=Path, help="folder with the npm packages that README.md names")
    npm = parser.parse_args().node_modules
    inter = npm / "inter-ui/variable/InterVariable.woff2"
    sans_axes = {"opsz": 14, "wght": SANS_WEIGHTS}
    make(inter, here / "inter.woff2", SOON_SANS, SOON_FEATURES, sans_axes, None)
    make(inter, here / "inter-more.woff2", TEXT - SOON_SANS, TEXT_FEATURES, sans_axes, None)
    roman = npm / "source-serif/WOFF2/VAR/SourceSerif4Variable-Roman.ttf.woff2"
    serif_axes = {"opsz": 18, "wght": SERIF_WEIGHTS}
    make(roman, here / "serif.woff2", SOON_SERIF, SOON_FEATURES, serif_axes, "Shrinkage Lab Serif")
    make(roman, here / "serif-more.woff2", TEXT - SOON_SERIF, TEXT_FEATURES, serif_axes, "Shrinkage Lab Serif")
    stix = npm / "@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2"
    make(stix, here / "math.woff2", SOON_MATH, ["*"], None, None)
    make(stix, here / "math-more.woff2", MATH - SOON_MATH, ["*"], None, None)


if __name__ == "__main__":
    main()
