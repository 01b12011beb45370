//! A figure with a heading above and a caption below, for files that leave the page.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::prelude::DrawingBackend;

use crate::fixed_metrics::{FixedMetrics, Weight, text_width};
use crate::pen::{self, Pen, Type};
use crate::svg::Svg;
use crate::{Figure, Theme, UNITS_PER_PX, View, describe, draw, natural_height};
use plotters::drawing::IntoDrawingArea;

/// What a file says beside its figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caption {
    /// Above the figure.
    pub title: String,
    /// Below it, each broken where it is too long.
    pub lines: Vec<String>,
}

/// White on all sides, in CSS pixels at scale 1.
const MARGIN: f64 = 18.0;
/// Height of a line, in font sizes.
const LINE: f64 = 1.45;

/// Where everything stands, in CSS pixels.
struct Layout {
    margin: f64,
    /// Base line of the title.
    title: f64,
    figure_top: f64,
    figure_height: f64,
    lines: Vec<String>,
    line_height: f64,
    height: f64,
}

impl Layout {
    fn new(figure: &Figure, theme: &Theme, width: f64, caption: &Caption) -> Self {
        let margin = MARGIN * theme.scale;
        let inner = (width - 2.0 * margin).max(1.0);
        let (title_size, size) = (title_size(theme), theme.small_size());
        let title = margin + title_size;
        let figure_top = (title + 0.8 * title_size).round();
        let figure_height = natural_height(figure, inner, theme.scale);
        let lines: Vec<String> = caption.lines.iter().flat_map(|line| wrapped(line, size, inner)).collect();
        let line_height = LINE * size;
        let height = (figure_top + figure_height + margin + line_height * lines.len() as f64).round();
        Self { margin, title, figure_top, figure_height, lines, line_height, height }
    }
}

fn title_size(theme: &Theme) -> f64 {
    1.3 * theme.label_size()
}

/// Height in CSS pixels of the figure with its caption, `width` CSS pixels wide.
#[must_use]
pub fn sheet_height(figure: &Figure, theme: &Theme, width: f64, caption: &Caption) -> f64 {
    Layout::new(figure, theme, width, caption).height
}

/// Draws figure and caption over all of `area`, which is best of the height of [`sheet_height`].
///
/// # Errors
/// Those of the backend.
pub fn draw_sheet<DB: DrawingBackend>(
    figure: &Figure,
    view: &View,
    caption: &Caption,
    area: &DrawingArea<DB, Shift>,
) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
    let units = f64::from(UNITS_PER_PX);
    let ((layout, width), _) = pen::on(area, view, |pen| draw_caption(figure, view, caption, pen))?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a picture's size, rounded")]
    let size = |px: f64| (px.max(1.0) * units).round() as u32;
    #[expect(clippy::cast_possible_truncation, reason = "a picture's size, rounded")]
    let place = |px: f64| (px * units).round() as i32;
    let inner = area
        .clone()
        .shrink((place(layout.margin), place(layout.figure_top)), (size(width), size(layout.figure_height)));
    draw(figure, view, &inner).map(drop)
}

/// Heading and lines of the caption; what comes back is where the figure goes, and its width in CSS pixels.
fn draw_caption(figure: &Figure, view: &View, caption: &Caption, pen: &mut Pen<'_>) -> (Layout, f64) {
    let layout = Layout::new(figure, &view.theme, pen.width, caption);
    let heading = Type { size: title_size(&view.theme), ..pen.label() };
    let width = pen.width - 2.0 * layout.margin;
    let title = pen::fit(&caption.title, heading.size, Weight::Semibold, width);
    pen.text(layout.margin, layout.title, &title, heading);
    let first = layout.figure_top + layout.figure_height + layout.line_height;
    for (i, line) in layout.lines.iter().enumerate() {
        let how = pen.small();
        pen.text(layout.margin, first + layout.line_height * i as f64, line, how);
    }
    (layout, width)
}

/// Figure and caption as an SVG document `width` CSS pixels wide, on the theme's card color.
///
/// - `title`: its `<title>`; [`describe`]'s text is its description.
#[must_use]
pub fn svg_sheet(figure: &Figure, view: &View, width: f64, caption: &Caption, title: &str) -> String {
    let mut out = String::new();
    {
        let height = sheet_height(figure, &view.theme, width, caption);
        let mut backend = Svg::new(&mut out, width, height, title, &describe(figure));
        let card = view.theme.card;
        backend.background((card.0, card.1, card.2));
        let area = FixedMetrics(backend).into_drawing_area();
        let drawn = draw_sheet(figure, view, caption, &area);
        debug_assert!(drawn.is_ok(), "writing to a string cannot fail");
    }
    out
}

/// `text` in lines of at most `width`: broken between words, and within a word that is longer.
fn wrapped(text: &str, size: f64, width: f64) -> Vec<String> {
    let fits = |line: &str| text_width(line, size, Weight::Regular) <= width;
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if fits(&longer) {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            line.push(letter);
            if !fits(&line) && line.chars().count() > 1 {
                line.pop();
                lines.push(std::mem::replace(&mut line, letter.to_string()));
            }
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_are_broken_between_words_and_links_within() {
        let text = "Forty schools, four regions, one measurement each https://a.very.long.address/with/#/regions?sizes=25,10,4,3,2&sd_theta=2";
        let lines = wrapped(text, 12.0, 200.0);
        assert!(lines.len() > 3 && lines.iter().all(|line| text_width(line, 12.0, Weight::Regular) <= 200.0));
        let without_spaces = |text: &str| text.replace(' ', "");
        assert_eq!(without_spaces(&lines.concat()), without_spaces(text), "nothing is lost");
        assert_eq!(wrapped("short", 12.0, 200.0), ["short"]);
        assert_eq!(wrapped("wide", 12.0, 0.0), ["w", "i", "d", "e"], "no width is no reason to hang");
    }
}
