//! Text sizes from a table of Inter's advance widths, so that a layout is the
//! same in a canvas, in an SVG file, in a worker and in a test.

use crate::theme::FONT_FAMILY;
use plotters::backend::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind, FontFamily, FontStyle,
};
use std::convert::Infallible;

/// Weight of lettering; there are only these two in the page's font files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// CSS weight 400.
    Regular,
    /// CSS weight 600. Backends see it as [`FontStyle::Bold`].
    Semibold,
}

impl Weight {
    /// The CSS weight.
    pub fn css(self) -> u32 {
        match self {
            Weight::Regular => 400,
            Weight::Semibold => 600,
        }
    }

    /// The weight that a backend is to draw for a `plotters` font style.
    pub fn from_style(style: &FontStyle) -> Self {
        match style {
            FontStyle::Bold => Weight::Semibold,
            FontStyle::Normal | FontStyle::Oblique | FontStyle::Italic => Weight::Regular,
        }
    }
}

/// Width of `text` set in Inter without kerning, in the unit of `size`.
///
/// `size` is the font size (the em). A character that is not in the table
/// counts as 0.62 em, a combining mark as nothing.
pub fn text_width(text: &str, size: f64, weight: Weight) -> f64 {
    text.chars().map(|c| advance(c, weight)).sum::<f64>() * size
}

/// Height of a capital letter or digit for a font of size 1.
pub const CAP_HEIGHT: f64 = 1490.0 / UNITS_PER_EM;

/// How far letters reach above the base line for a font of size 1.
pub const ASCENT: f64 = 0.78;

/// How far letters reach below the base line for a font of size 1.
pub const DESCENT: f64 = 0.22;

fn advance(c: char, weight: Weight) -> f64 {
    if ('\u{300}'..='\u{36f}').contains(&c) {
        return 0.0;
    }
    WIDTHS.binary_search_by_key(&c, |row| row.0).map_or(0.62, |i| {
        let (_, regular, semibold) = WIDTHS[i];
        f64::from(match weight {
            Weight::Regular => regular,
            Weight::Semibold => semibold,
        }) / UNITS_PER_EM
    })
}

/// How a text is set; all lengths in units of the drawing grid.
///
/// A backend honors family, size, weight ([`FontStyle::Bold`] is 600), slant
/// ([`FontStyle::Italic`]), color and anchor. Vertically, [`VPos::Bottom`]
/// puts the base line at the position, [`VPos::Center`] half the cap height
/// above it, [`VPos::Top`] the top of capitals at the position.
/// [`draw`](crate::draw) uses [`VPos::Bottom`] only. Optical sizing is to be off
/// (CSS `font-optical-sizing: none`): the grid's sizes are eight times what is seen.
#[derive(Clone, Copy)]
pub struct Lettering {
    /// Color and opacity.
    pub color: BackendColor,
    /// Font size, in units.
    pub size: f64,
    /// Weight.
    pub weight: Weight,
    /// Which point of the text stands at the position; the base line vertically.
    pub h_pos: HPos,
}

impl BackendTextStyle for Lettering {
    type FontError = Infallible;

    fn color(&self) -> BackendColor {
        self.color
    }

    fn size(&self) -> f64 {
        self.size
    }

    fn style(&self) -> FontStyle {
        match self.weight {
            Weight::Regular => FontStyle::Normal,
            Weight::Semibold => FontStyle::Bold,
        }
    }

    fn anchor(&self) -> Pos {
        Pos::new(self.h_pos, VPos::Bottom)
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(FONT_FAMILY)
    }

    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Infallible> {
        let (width, height) = size_in_units(text, self.size, self.weight);
        Ok(((0, 0), (width.cast_signed(), height.cast_signed())))
    }

    /// Draws nothing: the figures need a backend that sets text itself.
    fn draw<E, DrawFunc: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        _text: &str,
        _pos: BackendCoord,
        _draw: DrawFunc,
    ) -> Result<Result<(), E>, Infallible> {
        Ok(Ok(()))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a few thousand units, never negative"
)]
fn size_in_units(text: &str, size: f64, weight: Weight) -> (u32, u32) {
    (text_width(text, size, weight).ceil() as u32, (size * (ASCENT + DESCENT)).ceil() as u32)
}

/// A backend that draws as `B` does and answers text sizes from the table.
///
/// `plotters` would otherwise measure through the page: slow, impossible in a
/// worker, and different in tests.
pub struct FixedMetrics<B>(pub B);

impl<B: DrawingBackend> DrawingBackend for FixedMetrics<B> {
    type ErrorType = B::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.0.get_size()
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.0.ensure_prepared()
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.0.present()
    }

    fn draw_pixel(
        &mut self,
        point: BackendCoord,
        color: BackendColor,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.0.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.0.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.0.draw_rect(upper_left, bottom_right, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.0.draw_path(path, style)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.0.draw_circle(center, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.0.fill_polygon(vert, style)
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &T,
        pos: BackendCoord,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.0.draw_text(text, style, pos)
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Self::ErrorType>> {
        Ok(size_in_units(text, style.size(), Weight::from_style(&style.style())))
    }

    fn blit_bitmap(
        &mut self,
        pos: BackendCoord,
        size: (u32, u32),
        src: &[u8],
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        self.0.blit_bitmap(pos, size, src)
    }
}

/// Inter's units in one em (table `head`).
const UNITS_PER_EM: f64 = 2048.0;

/// Character, advance width at weight 400, at weight 600 (table `hmtx` after
/// setting the axis `wght`, with `opsz` 14), Inter 4.1, with tabular figures
/// (feature `tnum`), as page and SVG set them. Sorted by character.
#[rustfmt::skip]
const WIDTHS: &[(char, u16, u16)] = &[
    (' ', 550, 550), ('!', 589, 658), ('"', 954, 1071), ('#', 1297, 1318), ('$', 1314, 1332),
    ('%', 2011, 2057), ('&', 1319, 1357), ('\'', 614, 667), ('(', 800, 800), (')', 800, 800),
    ('*', 1328, 1325), ('+', 1328, 1325), (',', 550, 550), ('-', 1328, 1325), ('.', 550, 550),
    ('/', 738, 776), ('0', 1328, 1325), ('1', 1328, 1325), ('2', 1328, 1325), ('3', 1328, 1325),
    ('4', 1328, 1325), ('5', 1328, 1325), ('6', 1328, 1325), ('7', 1328, 1325), ('8', 1328, 1325),
    ('9', 1328, 1325), (':', 550, 550), (';', 550, 550), ('<', 1328, 1325), ('=', 1328, 1325),
    ('>', 1328, 1325), ('?', 1047, 1113), ('@', 1978, 2046), ('A', 1413, 1490), ('B', 1340, 1350),
    ('C', 1496, 1509), ('D', 1478, 1479), ('E', 1231, 1240), ('F', 1209, 1204), ('G', 1528, 1534),
    ('H', 1522, 1527), ('I', 550, 567), ('J', 1169, 1187), ('K', 1376, 1440), ('L', 1158, 1158),
    ('M', 1850, 1889), ('N', 1543, 1555), ('O', 1566, 1574), ('P', 1308, 1321), ('Q', 1566, 1583),
    ('R', 1318, 1336), ('S', 1314, 1332), ('T', 1322, 1352), ('U', 1524, 1507), ('V', 1413, 1490),
    ('W', 2018, 2089), ('X', 1397, 1474), ('Y', 1390, 1461), ('Z', 1288, 1336), ('[', 800, 800),
    ('\\', 738, 776), (']', 800, 800), ('^', 965, 986), ('_', 934, 961), ('`', 661, 719),
    ('a', 1150, 1176), ('b', 1254, 1278), ('c', 1170, 1193), ('d', 1254, 1278), ('e', 1194, 1211),
    ('f', 758, 796), ('g', 1256, 1281), ('h', 1211, 1254), ('i', 496, 536), ('j', 496, 536),
    ('k', 1124, 1166), ('l', 496, 536), ('m', 1794, 1844), ('n', 1210, 1253), ('o', 1228, 1247),
    ('p', 1254, 1278), ('q', 1254, 1278), ('r', 771, 813), ('s', 1081, 1125), ('t', 670, 723),
    ('u', 1211, 1254), ('v', 1151, 1202), ('w', 1676, 1719), ('x', 1118, 1165), ('y', 1151, 1205),
    ('z', 1131, 1159), ('{', 800, 800), ('|', 681, 735), ('}', 800, 800), ('~', 1328, 1325),
    ('\u{a0}', 576, 516), ('§', 1164, 1164), ('°', 933, 938), ('±', 1328, 1325), ('²', 905, 929),
    ('³', 913, 949), ('·', 590, 653), ('¹', 623, 663), ('Ä', 1413, 1490), ('Å', 1413, 1490),
    ('Æ', 2035, 2075), ('Ö', 1566, 1574), ('×', 1328, 1325), ('Ø', 1566, 1574), ('Ü', 1524, 1507),
    ('ß', 1262, 1318), ('à', 1150, 1176), ('ä', 1150, 1176), ('å', 1150, 1176), ('æ', 1879, 1869),
    ('ç', 1170, 1193), ('è', 1194, 1211), ('é', 1194, 1211), ('ö', 1228, 1247), ('÷', 1328, 1325),
    ('ø', 1228, 1247), ('ü', 1211, 1254), ('ŷ', 1151, 1205), ('\u{302}', 0, 0), ('Α', 1413, 1490),
    ('Β', 1340, 1350), ('Γ', 1185, 1190), ('Δ', 1395, 1479), ('Ε', 1231, 1240), ('Ζ', 1288, 1336),
    ('Η', 1522, 1527), ('Θ', 1566, 1574), ('Ι', 550, 567), ('Κ', 1376, 1440), ('Λ', 1413, 1490),
    ('Μ', 1850, 1889), ('Ν', 1543, 1555), ('Ξ', 1344, 1386), ('Ο', 1566, 1574), ('Π', 1522, 1527),
    ('Ρ', 1308, 1321), ('Σ', 1411, 1417), ('Τ', 1322, 1352), ('Υ', 1390, 1461), ('Φ', 1803, 1821),
    ('Χ', 1397, 1474), ('Ψ', 1802, 1821), ('Ω', 1577, 1593), ('α', 1360, 1401), ('β', 1220, 1239),
    ('γ', 1151, 1202), ('δ', 1196, 1225), ('ε', 1100, 1128), ('ζ', 1043, 1077), ('η', 1211, 1254),
    ('θ', 1272, 1280), ('ι', 564, 610), ('κ', 1076, 1160), ('λ', 1314, 1370), ('μ', 1200, 1258),
    ('ν', 1202, 1240), ('ξ', 1144, 1144), ('ο', 1228, 1247), ('π', 1239, 1285), ('ρ', 1254, 1278),
    ('ς', 1166, 1191), ('σ', 1278, 1315), ('τ', 954, 1014), ('υ', 1211, 1253), ('φ', 1476, 1582),
    ('χ', 1165, 1210), ('ψ', 1593, 1665), ('ω', 1648, 1688), ('\u{2009}', 372, 339), ('–', 1024, 1024),
    ('—', 2048, 2048), ('‘', 534, 602), ('’', 534, 602), ('“', 902, 1038), ('”', 902, 1027),
    ('…', 1770, 1958), ('\u{202f}', 372, 339), ('₀', 941, 990), ('₁', 623, 663), ('₂', 905, 929),
    ('₃', 913, 949), ('₄', 942, 979), ('₅', 901, 948), ('₆', 909, 951), ('₇', 831, 856), ('₈', 922, 964),
    ('₉', 909, 951), ('←', 1954, 1954), ('↑', 1708, 1805), ('→', 1954, 1954), ('↓', 1708, 1805),
    ('∂', 1298, 1347), ('∑', 1299, 1443), ('−', 1328, 1325), ('√', 1289, 1343), ('∞', 1917, 1978),
    ('≈', 1328, 1325), ('≠', 1328, 1325), ('≤', 1328, 1325), ('≥', 1328, 1325),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_sorted_and_plausible() {
        assert!(WIDTHS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!((0x20..0x7f).filter_map(char::from_u32).all(|c| WIDTHS.iter().any(|row| row.0 == c)));
        for &(c, regular, semibold) in WIDTHS {
            if c != '\u{302}' {
                assert!(regular > 300 && semibold > 300 && regular <= 2048 && semibold <= 2200, "{c}");
            }
        }
    }

    #[test]
    fn widths_add_up() {
        // i + M from the font: 498 + 1850 of 2048.
        let m = text_width("M", 2048.0, Weight::Regular);
        assert!((text_width("MM", 2048.0, Weight::Regular) - 2.0 * m).abs() < 1e-9);
        assert!(text_width("Region", 12.0, Weight::Semibold) > text_width("Region", 12.0, Weight::Regular));
        assert!(text_width("θ₁", 12.0, Weight::Regular) > text_width("θ", 12.0, Weight::Regular));
        assert!(
            (text_width("θ̂", 12.0, Weight::Regular) - text_width("θ", 12.0, Weight::Regular)).abs() < 1e-9
        );
        assert!(
            (text_width("漢", 10.0, Weight::Regular) - 6.2).abs() < 1e-9,
            "unknown characters have a width"
        );
    }
}
