//! A `plotters` backend on a canvas, in the grid of `plots::UNITS_PER_PX`.

use std::convert::Infallible;

use plots::{CAP_HEIGHT, Caption, Figure, FixedMetrics, UNITS_PER_PX, View, Weight};
use plotters::backend::DrawingBackend;
use plotters::drawing::IntoDrawingArea;
use plotters::style::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind, FontTransform,
};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::effects::document;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// Draws on a canvas of any pixel ratio.
pub(crate) struct Canvas {
    context: CanvasRenderingContext2d,
    size: (u32, u32),
    /// Last styles set: setting one anew costs as much as drawing.
    fill: Option<BackendColor>,
    stroke: Option<BackendColor>,
    width: u32,
    font: String,
}

impl Canvas {
    /// Clears `canvas` and sizes it to `width` × `height` CSS pixels at `ratio` device pixels each.
    pub(crate) fn new(canvas: &HtmlCanvasElement, width: f64, height: f64, ratio: f64) -> Option<Self> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a picture's size, rounded"
        )]
        let pixels = |css: f64| (css * ratio).round().max(1.0) as u32;
        if (canvas.width(), canvas.height()) != (pixels(width), pixels(height)) {
            canvas.set_width(pixels(width));
            canvas.set_height(pixels(height));
        }
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.unchecked_into();
        let units = f64::from(UNITS_PER_PX);
        context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0).ok()?;
        context.clear_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
        context.set_transform(ratio / units, 0.0, 0.0, ratio / units, 0.0, 0.0).ok()?;
        context.set_line_join("round");
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a picture's size, rounded"
        )]
        let size = ((width * units).round() as u32, (height * units).round() as u32);
        Some(Self { context, size, fill: None, stroke: None, width: 0, font: String::new() })
    }

    /// Fills the whole picture, for files: on the page the card shows through.
    pub(crate) fn background(&mut self, (red, green, blue): (u8, u8, u8)) {
        self.set_fill(BackendColor { alpha: 1.0, rgb: (red, green, blue) });
        self.context.fill_rect(0.0, 0.0, f64::from(self.size.0), f64::from(self.size.1));
    }

    fn set_fill(&mut self, color: BackendColor) {
        if !same(self.fill, color) {
            self.context.set_fill_style_str(&css(color));
            self.fill = Some(color);
        }
    }

    fn set_stroke(&mut self, color: BackendColor, width: u32) {
        if !same(self.stroke, color) {
            self.context.set_stroke_style_str(&css(color));
            self.stroke = Some(color);
        }
        if self.width != width {
            self.context.set_line_width(f64::from(width));
            self.width = width;
        }
    }

    fn paint<S: BackendStyle>(&mut self, style: &S, is_filled: bool) {
        if is_filled {
            self.set_fill(style.color());
            self.context.fill();
        } else {
            self.set_stroke(style.color(), style.stroke_width());
            self.context.stroke();
        }
    }

    fn trace(&self, points: impl IntoIterator<Item = BackendCoord>) {
        self.context.begin_path();
        for (i, (x, y)) in points.into_iter().enumerate() {
            let (x, y) = (f64::from(x), f64::from(y));
            if i == 0 { self.context.move_to(x, y) } else { self.context.line_to(x, y) }
        }
    }
}

fn same(last: Option<BackendColor>, color: BackendColor) -> bool {
    last.is_some_and(|last| last.rgb == color.rgb && last.alpha.to_bits() == color.alpha.to_bits())
}

fn css(color: BackendColor) -> String {
    let (red, green, blue) = color.rgb;
    format!("rgba({red},{green},{blue},{})", color.alpha)
}

impl DrawingBackend for Canvas {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.set_fill(color);
        self.context.fill_rect(f64::from(point.0), f64::from(point.1), 1.0, 1.0);
        Ok(())
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
        let (x, y) = (f64::from(upper_left.0), f64::from(upper_left.1));
        let (width, height) = (f64::from(bottom_right.0) - x, f64::from(bottom_right.1) - y);
        if fill {
            self.set_fill(style.color());
            self.context.fill_rect(x, y, width, height);
        } else {
            self.set_stroke(style.color(), style.stroke_width());
            self.context.stroke_rect(x, y, width, height);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.trace(path);
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
        let (x, y) = (f64::from(center.0), f64::from(center.1));
        self.context.begin_path();
        // Fails only for a negative radius.
        let _ = self.context.arc(x, y, f64::from(radius), 0.0, std::f64::consts::TAU);
        self.paint(style, fill);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Drawn {
        self.trace(vert);
        self.context.close_path();
        self.paint(style, true);
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, pos: BackendCoord) -> Drawn {
        let size = style.size();
        let weight = Weight::from_style(&style.style()).css();
        let font = format!("{weight} {size}px '{}', sans-serif", style.family().as_str());
        if font != self.font {
            self.context.set_font(&font);
            self.font = font;
        }
        let anchor = style.anchor();
        self.context.set_text_align(match anchor.h_pos {
            HPos::Left => "left",
            HPos::Center => "center",
            HPos::Right => "right",
        });
        let drop = match anchor.v_pos {
            VPos::Bottom => 0.0,
            VPos::Center => size * CAP_HEIGHT / 2.0,
            VPos::Top => size * CAP_HEIGHT,
        };
        self.set_fill(style.color());
        let (x, y) = (f64::from(pos.0), f64::from(pos.1) + drop);
        let turns = match style.transform() {
            FontTransform::None => 0.0,
            FontTransform::Rotate90 => 0.25,
            FontTransform::Rotate180 => 0.5,
            FontTransform::Rotate270 => 0.75,
        };
        // Errors of these calls would mean numbers that are not finite; the figures have none.
        if turns == 0.0 {
            let _ = self.context.fill_text(text, x, y);
        } else {
            self.context.save();
            let _ = self.context.translate(x, y);
            let _ = self.context.rotate(turns * std::f64::consts::TAU);
            let _ = self.context.fill_text(text, 0.0, 0.0);
            self.context.restore();
        }
        Ok(())
    }
}

/// The figure with its caption on a canvas of its own, on the theme's card color, `ratio` device pixels to a
/// CSS pixel.
pub(crate) fn painted(
    figure: &Figure,
    view: &View,
    width: f64,
    caption: &Caption,
    ratio: f64,
) -> Option<HtmlCanvasElement> {
    let height = plots::sheet_height(figure, &view.theme, width, caption);
    let element: HtmlCanvasElement = document().create_element("canvas").ok()?.unchecked_into();
    let mut backend = Canvas::new(&element, width, height, ratio)?;
    let card = view.theme.card;
    backend.background((card.0, card.1, card.2));
    plots::draw_sheet(figure, view, caption, &FixedMetrics(backend).into_drawing_area()).ok()?;
    Some(element)
}
