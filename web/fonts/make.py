"""Make the four web fonts beside this script from the published ones. See README.md."""

import argparse
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

# Letters that MathML draws for <mi> and \mathcal, \mathbb, \mathbf.
MATH_LETTERS = (
    span(0x1D434, 0x1D467) | {0x210E}  # italic Latin
    | span(0x1D6E2, 0x1D71B)  # italic Greek
    | span(0x1D400, 0x1D433)  # bold Latin
    | span(0x1D6A8, 0x1D6E1)  # bold Greek
    | chars("ℬℰℋℐℒℳℛ𝒟𝒩𝒫𝔼ℙ𝟙")
)
MATH = span(0x20, 0x7E) | chars("\xa0¬±·×÷…–—‘’“”") | SPACES | GREEK | ACCENTS | OPERATORS | ARROWS | MATH_LETTERS

TEXT_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "case", "calt", "liga"]


def make(source, target, wanted, features, axes, family):
    font = TTFont(source)
    if axes:
        buffer = BytesIO()
        instantiateVariableFont(font, axes, inplace=True).save(buffer)
        font = TTFont(BytesIO(buffer.getvalue()))  # Read again: the subsetter wants every glyph's variations.
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
    missing = "".join(sorted(chr(c) for c in wanted if c not in font.getBestCmap() and c > 0x2000))
    print(f"{target.name:28} {target.stat().st_size:7,} bytes; not in the source font: {missing}")


def main():
    here = Path(__file__).parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("node_modules", type=Path, help="folder with the npm packages that README.md names")
    npm = parser.parse_args().node_modules
    serif = npm / "source-serif/WOFF2/VAR"
    make(npm / "inter-ui/variable/InterVariable.woff2", here / "inter.woff2", TEXT,
         TEXT_FEATURES, {"opsz": 14, "wght": (400, 700)}, None)
    make(serif / "SourceSerif4Variable-Roman.ttf.woff2", here / "serif.woff2", TEXT,
         TEXT_FEATURES, {"opsz": 18, "wght": (400, 700)}, "Shrinkage Lab Serif")
    make(serif / "SourceSerif4Variable-Italic.ttf.woff2", here / "serif-italic.woff2", TEXT,
         TEXT_FEATURES, {"opsz": 18, "wght": 400}, "Shrinkage Lab Serif Italic")
    make(npm / "@fontsource/stix-two-math/files/stix-two-math-latin-400-normal.woff2", here / "math.woff2", MATH,
         ["*"], None, None)


if __name__ == "__main__":
    main()
