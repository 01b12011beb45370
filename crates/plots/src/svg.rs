//! SVG as text: for download and for the golden pictures.

use crate::{Figure, UNITS_PER_PX, View, describe, draw, fixed_metrics::FixedMetrics, fixed_metrics::Weight};
use plotters::backend::DrawingBackend;
use plotters::drawing::IntoDrawingArea;
use plotters::style::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind, FontStyle, FontTransform,
};
use std::convert::Infallible;
use std::fmt::Write;

/// The figure as an SVG document of `width` × `height` CSS pixels on the
/// theme's card color, with [`describe`]'s text as its description.
pub fn svg(figure: &Figure, view: &View, width: f64, height: f64, title: &str) -> String {
    let mut out = String::new();
    {
        let mut backend = Svg::new(&mut out, width, height, title, &describe(figure));
        let card = view.theme.card;
        backend.background((card.0, card.1, card.2));
        let area = FixedMetrics(backend).into_drawing_area();
        let drawn = draw(figure, view, &area);
        debug_assert!(drawn.is_ok(), "writing to a string cannot fail");
    }
    out
}

/// A drawing backend that appends an SVG document to a string.
///
/// Coordinates, text sizes and stroke widths are in units, of which
/// [`UNITS_PER_PX`] make a CSS pixel: `width` and `height` are CSS pixels and
/// `viewBox` is in units. The document is complete after
/// [`present`](DrawingBackend::present).
pub struct Svg<'a> {
    out: &'a mut String,
    size: (u32, u32),
    is_closed: bool,
}

impl<'a> Svg<'a> {
    /// Begins a document of `width` × `height` CSS pixels. `title` and
    /// `description` become `<title>` and `<desc>`, the text alternative.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a picture's size, rounded")]
    pub fn new(out: &'a mut String, width: f64, height: f64, title: &str, description: &str) -> Self {
        let units = f64::from(UNITS_PER_PX);
        let size = ((width * units).round() as u32, (height * units).round() as u32);
        let _ = write!(
            out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" \
             role=\"img\" fill=\"none\" stroke-linejoin=\"round\" style=\"font-optical-sizing:none;font-feature-settings:'tnum'\">\n<title>{}</title>\n<desc>{}</desc>\n",
            size.0,
            size.1,
            Escaped(title),
            Escaped(description),
        );
        Self { out, size, is_closed: false }
    }

    /// Fills the whole picture.
    pub fn background(&mut self, rgb: (u8, u8, u8)) {
        let (width, height) = self.size;
        let _ = writeln!(self.out, "<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>", Hex(rgb));
    }

    fn close(&mut self) {
        if !self.is_closed {
            self.is_closed = true;
            self.out.push_str("</svg>\n");
        }
    }

    fn paint<S: BackendStyle>(&mut self, style: &S, is_filled: bool) {
        let BackendColor { alpha, rgb } = style.color();
        let (attribute, opacity) =
            if is_filled { ("fill", "fill-opacity") } else { ("stroke", "stroke-opacity") };
        let _ = write!(self.out, " {attribute}=\"{}\"", Hex(rgb));
        if alpha < 1.0 {
            let _ = write!(self.out, " {opacity}=\"{}\"", (alpha * 1000.0).round() / 1000.0);
        }
        if !is_filled {
            let _ = write!(self.out, " stroke-width=\"{}\"", style.stroke_width());
        }
        self.out.push_str("/>\n");
    }

    fn points(&mut self, points: impl IntoIterator<Item = BackendCoord>) {
        for (i, (x, y)) in points.into_iter().enumerate() {
            let _ = write!(self.out, "{}{x} {y}", if i == 0 { "M" } else { " " });
        }
    }
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Svg<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        self.close();
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.draw_rect(point, (point.0 + 1, point.1 + 1), &color, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let ((x, y), (right, bottom)) = (upper_left, bottom_right);
        let _ = write!(
            self.out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\"",
            (right - x).max(0),
            (bottom - y).max(0)
        );
        self.paint(style, fill);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.out.push_str("<path d=\"");
        self.points(path);
        self.out.push('"');
        self.paint(style, false);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let _ = write!(self.out, "<circle cx=\"{}\" cy=\"{}\" r=\"{radius}\"", center.0, center.1);
        self.paint(style, fill);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Drawn {
        self.out.push_str("<path d=\"");
        self.points(vert);
        self.out.push_str("Z\"");
        self.paint(style, true);
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, pos: BackendCoord) -> Drawn {
        let size = style.size();
        let anchor = style.anchor();
        let end = match anchor.h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        // Explicit base lines: `dominant-baseline` is read differently from program to program.
        let drop = match anchor.v_pos {
            VPos::Bottom => 0.0,
            VPos::Center => size * crate::fixed_metrics::CAP_HEIGHT / 2.0,
            VPos::Top => size * crate::fixed_metrics::CAP_HEIGHT,
        };
        let _ = write!(self.out, "<text x=\"{}\" y=\"{}\"", pos.0, (f64::from(pos.1) + drop).round());
        match style.transform() {
            FontTransform::None => {}
            FontTransform::Rotate90 => self.rotate(90, pos),
            FontTransform::Rotate180 => self.rotate(180, pos),
            FontTransform::Rotate270 => self.rotate(270, pos),
        }
        let BackendColor { alpha, rgb } = style.color();
        let _ = write!(
            self.out,
            " font-family=\"'{}', sans-serif\" font-size=\"{}\" fill=\"{}\"",
            Escaped(style.family().as_str()),
            (size * 100.0).round() / 100.0,
            Hex(rgb)
        );
        let weight = Weight::from_style(&style.style()).css();
        if weight != 400 {
            let _ = write!(self.out, " font-weight=\"{weight}\"");
        }
        if matches!(style.style(), FontStyle::Italic | FontStyle::Oblique) {
            self.out.push_str(" font-style=\"italic\"");
        }
        if end != "start" {
            let _ = write!(self.out, " text-anchor=\"{end}\"");
        }
        if alpha < 1.0 {
            let _ = write!(self.out, " fill-opacity=\"{}\"", (alpha * 1000.0).round() / 1000.0);
        }
        let _ = writeln!(self.out, ">{}</text>", Escaped(text));
        Ok(())
    }
}

impl Svg<'_> {
    fn rotate(&mut self, degrees: u32, pos: BackendCoord) {
        let _ = write!(self.out, " transform=\"rotate({degrees} {} {})\"", pos.0, pos.1);
    }
}

impl Drop for Svg<'_> {
    fn drop(&mut self) {
        self.close();
    }
}

struct Hex((u8, u8, u8));

impl std::fmt::Display for Hex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (r, g, b) = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

/// Text safe inside an XML element or a double-quoted attribute. Control
/// characters, which XML 1.0 has no way to write, are left out.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                c if (c.is_control() && !"\n\t\r".contains(c)) || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plotters::style::{BLACK, Color};

    #[test]
    fn text_is_escaped_and_the_document_closed() {
        let mut out = String::new();
        {
            let mut svg = Svg::new(&mut out, 10.0, 5.0, "a < b", "\"A&B\"\u{0}");
            svg.draw_rect((0, 0), (8, 8), &BLACK.to_backend_color().mix(0.5), true).unwrap();
        }
        assert!(out.contains("<title>a &lt; b</title>"));
        assert!(out.contains("<desc>&quot;A&amp;B&quot;</desc>"));
        assert!(out.contains("viewBox=\"0 0 80 40\""));
        assert!(out.contains("fill-opacity=\"0.5\""));
        assert!(out.ends_with("</svg>\n"));
    }
}
