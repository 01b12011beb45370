//! Lines, areas, marks and lettering in CSS pixels, clipped, on any backend.

use crate::HotSpot;
use crate::View;
use crate::fixed_metrics::{ASCENT, CAP_HEIGHT, DESCENT, Lettering, Weight, text_width};
use crate::theme::{Color, Mark, Theme};
use crate::{Role, UNITS_PER_PX};
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{Drawable, PointCollection};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::HPos;
use plotters::style::{Color as _, RGBAColor, ShapeStyle};
use plotters_backend::{BackendCoord, DrawingErrorKind};
use std::borrow::Cow;

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Frame {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Frame {
    pub(crate) fn contains(&self, x: f64, y: f64) -> bool {
        // Half a pixel of grace: a value on the border belongs to the frame.
        x >= self.left - 0.5 && x <= self.right + 0.5 && y >= self.top - 0.5 && y <= self.bottom + 0.5
    }

    pub(crate) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(crate) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub(crate) fn overlap(&self, other: &Frame) -> f64 {
        let x = self.right.min(other.right) - self.left.max(other.left);
        let y = self.bottom.min(other.bottom) - self.top.max(other.top);
        if x > 0.0 && y > 0.0 { x * y } else { 0.0 }
    }
}

/// How a line is drawn.
#[derive(Clone, Copy)]
pub(crate) struct Stroke {
    pub(crate) ink: RGBAColor,
    /// CSS pixels.
    pub(crate) width: f64,
    /// Length of dash and of gap in CSS pixels.
    pub(crate) dash: Option<(f64, f64)>,
}

/// A thin or thick line of one color.
pub(crate) fn stroke(color: Color, alpha: f64, width: f64) -> Stroke {
    Stroke { ink: color.mix(alpha), width, dash: None }
}

impl Stroke {
    pub(crate) fn dashed(self, dash: f64, gap: f64) -> Self {
        Self { dash: Some((dash, gap)), ..self }
    }
}

/// How a text is set, in CSS pixels.
#[derive(Clone, Copy)]
pub(crate) struct Type {
    pub(crate) size: f64,
    pub(crate) weight: Weight,
    pub(crate) ink: RGBAColor,
    pub(crate) h_pos: HPos,
}

impl Type {
    pub(crate) fn aligned(self, h_pos: HPos) -> Self {
        Self { h_pos, ..self }
    }

    pub(crate) fn width(&self, text: &str) -> f64 {
        text_width(text, self.size, self.weight)
    }

    /// From the middle of the digits down to the base line.
    pub(crate) fn half_cap(&self) -> f64 {
        self.size * CAP_HEIGHT / 2.0
    }
}

/// Longest stroked path handed to a backend: software rasterizers are slow with longer ones.
const MAX_PATH_POINTS: usize = 40;

/// Draws on any backend without knowing which: every picture is compiled once, not once for each backend.
pub(crate) struct Pen<'a> {
    put: &'a mut dyn FnMut(&Element<'_>) -> bool,
    /// Whether nothing has gone wrong so far.
    is_intact: bool,
    pub(crate) theme: &'a Theme,
    pub(crate) highlight: Option<u32>,
    pub(crate) width: f64,
    pub(crate) height: f64,
    clip: Frame,
    path: Vec<BackendCoord>,
    spots: Vec<HotSpot>,
}

/// What `draw` gives back and the hot spots, after it has drawn on `area`.
///
/// # Errors
/// The first one of the backend; after it nothing more is drawn.
pub(crate) fn on<DB: DrawingBackend, T>(
    area: &DrawingArea<DB, Shift>,
    view: &View,
    draw: impl FnOnce(&mut Pen<'_>) -> T,
) -> Result<(T, Vec<HotSpot>), DrawingAreaErrorKind<DB::ErrorType>> {
    let mut error = None;
    let mut put = |element: &Element<'_>| match area.draw(element) {
        Ok(()) => true,
        Err(cause) => {
            error = Some(cause);
            false
        }
    };
    let mut pen = Pen::new(area.dim_in_pixel(), view, &mut put);
    let drawn = draw(&mut pen);
    let spots = pen.spots;
    error.map_or(Ok((drawn, spots)), Err)
}

impl<'a> Pen<'a> {
    fn new(
        (width, height): (u32, u32),
        view: &'a View,
        put: &'a mut dyn FnMut(&Element<'_>) -> bool,
    ) -> Self {
        let width = f64::from(width) / f64::from(UNITS_PER_PX);
        let height = f64::from(height) / f64::from(UNITS_PER_PX);
        Self {
            put,
            is_intact: true,
            theme: &view.theme,
            highlight: view.highlight,
            width,
            height,
            clip: Frame { left: 0.0, top: 0.0, right: width, bottom: height },
            path: Vec::with_capacity(MAX_PATH_POINTS),
            spots: Vec::new(),
        }
    }

    /// Whether the picture is as narrow as a phone, measured in letters.
    pub(crate) fn is_narrow(&self) -> bool {
        self.width < 440.0 * self.theme.scale
    }

    /// Nothing is drawn outside of `frame` until [`Pen::unclip`]; text is not clipped.
    pub(crate) fn clip(&mut self, frame: Frame) {
        self.clip = Frame {
            left: frame.left.max(0.0),
            top: frame.top.max(0.0),
            right: frame.right.min(self.width),
            bottom: frame.bottom.min(self.height),
        };
    }

    pub(crate) fn unclip(&mut self) {
        self.clip = Frame { left: 0.0, top: 0.0, right: self.width, bottom: self.height };
    }

    /// Opacity of what belongs to `unit`: faded while another unit is highlighted.
    pub(crate) fn presence(&self, unit: u32) -> f64 {
        match self.highlight {
            Some(highlighted) if highlighted != unit => self.theme.faded,
            _ => 1.0,
        }
    }

    pub(crate) fn is_highlighted(&self, unit: u32) -> bool {
        self.highlight == Some(unit)
    }

    pub(crate) fn hot_spot(&mut self, unit: u32, x: f64, y: f64, radius: f64) {
        if self.clip.contains(x, y) {
            self.spots.push(HotSpot { unit, x, y, radius, grip: None });
        }
    }

    /// The hot spot of a unit that can be dragged.
    ///
    /// - `grip`: as [`HotSpot`] says.
    pub(crate) fn grip(&mut self, unit: u32, (x, y): (f64, f64), radius: f64, grip: (f64, f64)) {
        if self.clip.contains(x, y) {
            self.spots.push(HotSpot { unit, x, y, radius, grip: Some(grip) });
        }
    }

    // Lettering

    pub(crate) fn small(&self) -> Type {
        Type {
            size: self.theme.small_size(),
            weight: Weight::Regular,
            ink: self.theme.muted.to_rgba(),
            h_pos: HPos::Left,
        }
    }

    pub(crate) fn small_in(&self, role: Role) -> Type {
        Type { ink: self.theme.color(role).to_rgba(), ..self.small() }
    }

    pub(crate) fn label(&self) -> Type {
        Type {
            size: self.theme.label_size(),
            weight: Weight::Semibold,
            ink: self.theme.ink.to_rgba(),
            h_pos: HPos::Left,
        }
    }

    /// Sets `text` with its base line at `y`, moved so that it stays in the
    /// picture and cut with "…" if it is wider than that.
    pub(crate) fn text(&mut self, x: f64, y: f64, text: &str, how: Type) {
        if text.is_empty() || !x.is_finite() || !y.is_finite() {
            return;
        }
        let text = fit(text, how.size, how.weight, self.width);
        let width = how.width(&text);
        // From the anchor to the left and right end of the text.
        let (before, after) = match how.h_pos {
            HPos::Left => (0.0, width),
            HPos::Center => (width / 2.0, width / 2.0),
            HPos::Right => (width, 0.0),
        };
        let x = x.min(self.width - after).max(before);
        let y = y.min(self.height - how.size * DESCENT).max(how.size * ASCENT);
        let lettering = Lettering {
            color: how.ink.to_backend_color(),
            size: how.size * f64::from(UNITS_PER_PX),
            weight: how.weight,
            h_pos: how.h_pos,
        };
        let at = [(to_units(x), to_units(y))];
        self.put(&Element { points: &at, shape: Shape::Text(&text, lettering) });
    }

    /// Sets `text` with the middle of its digits at `y`.
    pub(crate) fn text_mid(&mut self, x: f64, y: f64, text: &str, how: Type) {
        self.text(x, y + how.half_cap(), text, how);
    }

    // Lines and areas

    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), how: Stroke) {
        self.polyline(&[from, to], how);
    }

    pub(crate) fn polyline(&mut self, points: &[(f64, f64)], how: Stroke) {
        let mut dash = how.dash.map(|lengths| Dashes { lengths, is_on: true, left: lengths.0 });
        for pair in points.windows(2) {
            let Some((from, to)) = clip_segment(pair[0], pair[1], &self.clip) else {
                self.flush(how);
                continue;
            };
            match &mut dash {
                None => self.extend(from, to, how),
                Some(dashes) => {
                    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
                    let length = dx.hypot(dy);
                    let mut done = 0.0;
                    while done < length {
                        let step = dashes.left.min(length - done);
                        if dashes.is_on {
                            let (a, b) = (done / length, (done + step) / length);
                            let at = |t: f64| (from.0 + t * dx, from.1 + t * dy);
                            self.extend(at(a), at(b), how);
                        } else {
                            self.flush(how);
                        }
                        done += step;
                        dashes.advance(step);
                    }
                }
            }
        }
        self.flush(how);
    }

    fn extend(&mut self, from: (f64, f64), to: (f64, f64), how: Stroke) {
        let (from, to) = (point(from), point(to));
        if self.path.last() != Some(&from) {
            self.flush(how);
            self.path.push(from);
        }
        if from != to {
            self.path.push(to);
        }
        if self.path.len() >= MAX_PATH_POINTS {
            self.flush(how);
            self.path.push(to);
        }
    }

    fn flush(&mut self, how: Stroke) {
        if self.path.len() > 1 {
            let path = std::mem::take(&mut self.path);
            let style =
                ShapeStyle { color: how.ink, filled: false, stroke_width: length_units(how.width).max(1) };
            self.put(&Element { points: &path, shape: Shape::Path(style) });
            self.path = path;
        }
        self.path.clear();
    }

    pub(crate) fn polygon(&mut self, points: &[(f64, f64)], ink: RGBAColor) {
        if points.iter().any(|p| !p.0.is_finite() || !p.1.is_finite()) {
            return;
        }
        let clipped = clip_polygon(points, &self.clip);
        if clipped.len() > 2 {
            self.path.clear();
            self.path.extend(clipped.iter().map(|p| point(*p)));
            let path = std::mem::take(&mut self.path);
            self.put(&Element { points: &path, shape: Shape::Polygon(filled(ink)) });
            self.path = path;
            self.path.clear();
        }
    }

    pub(crate) fn rect(&mut self, frame: Frame, ink: RGBAColor) {
        let clip = self.clip;
        let (left, right) = (frame.left.max(clip.left), frame.right.min(clip.right));
        let (top, bottom) = (frame.top.max(clip.top), frame.bottom.min(clip.bottom));
        if left < right && top < bottom {
            let corners = [point((left, top)), point((right, bottom))];
            self.put(&Element { points: &corners, shape: Shape::Rect(filled(ink)) });
        }
    }

    /// A filled rectangle with rounded corners.
    pub(crate) fn rounded(&mut self, frame: Frame, radius: f64, ink: RGBAColor) {
        let r = radius.min(frame.width() / 2.0).min(frame.height() / 2.0);
        if r.is_nan() || r <= 0.5 {
            return self.rect(frame, ink);
        }
        // Cosines of 0°, 30°, 60° and 90°.
        const QUARTER: [f64; 4] = [1.0, 0.866, 0.5, 0.0];
        let (left, right) = (frame.left + r, frame.right - r);
        let (top, bottom) = (frame.top + r, frame.bottom - r);
        let mut corners = [(0.0, 0.0); 16];
        for i in 0..4 {
            let (c, s) = (QUARTER[i] * r, QUARTER[3 - i] * r);
            corners[i] = (right + c, bottom + s);
            corners[4 + i] = (left - s, bottom + c);
            corners[8 + i] = (left - c, top - s);
            corners[12 + i] = (right + s, top - c);
        }
        self.polygon(&corners, ink);
    }

    fn circle(&mut self, center: (f64, f64), radius: f64, ink: RGBAColor, outline: Option<f64>) {
        let style = ShapeStyle {
            color: ink,
            filled: outline.is_none(),
            stroke_width: outline.map_or(1, |width| length_units(width).max(1)),
        };
        let at = [point(center)];
        self.put(&Element { points: &at, shape: Shape::Circle(length_units(radius).max(1), style) });
    }

    pub(crate) fn dot(&mut self, center: (f64, f64), radius: f64, ink: RGBAColor) {
        if self.clip.contains(center.0, center.1) {
            self.circle(center, radius, ink, None);
        }
    }

    pub(crate) fn ring(&mut self, center: (f64, f64), radius: f64, ink: RGBAColor, width: f64) {
        if self.clip.contains(center.0, center.1) {
            self.circle(center, radius, ink, Some(width));
        }
    }

    /// The mark of `role`, if its center is in the clip frame.
    pub(crate) fn mark(&mut self, role: Role, center: (f64, f64), radius: f64, alpha: f64) {
        let (x, y) = center;
        if !self.clip.contains(x, y) {
            return;
        }
        let color = self.theme.color(role);
        let ink = color.mix(alpha);
        let r = radius;
        let line = (0.45 * r).clamp(0.7, 2.2 * self.theme.scale);
        match role.mark() {
            Mark::Tick => {
                self.in_whole_picture(|pen| {
                    pen.line(
                        (x, y - 1.35 * r),
                        (x, y + 1.35 * r),
                        Stroke { ink, width: 1.2 * line, dash: None },
                    );
                });
            }
            Mark::OpenCircle => {
                self.circle(center, r - line / 2.0, self.theme.card.mix(alpha), None);
                self.circle(center, r - line / 2.0, ink, Some(line));
            }
            Mark::FilledCircle => self.circle(center, r, ink, None),
            Mark::Dot => self.circle(center, 0.8 * r, ink, None),
            Mark::Triangle => self.in_whole_picture(|pen| {
                pen.polygon(
                    &[(x, y - 1.2 * r), (x + 1.15 * r, y + 0.85 * r), (x - 1.15 * r, y + 0.85 * r)],
                    ink,
                );
            }),
            Mark::Square => {
                let r = 0.9 * r;
                self.in_whole_picture(|pen| {
                    pen.rect(Frame { left: x - r, top: y - r, right: x + r, bottom: y + r }, ink);
                });
            }
            Mark::Diamond => self.in_whole_picture(|pen| {
                let r = 1.25 * r;
                pen.polygon(&[(x, y - r), (x + r, y), (x, y + r), (x - r, y)], ink);
            }),
            Mark::Cross => self.in_whole_picture(|pen| {
                let how = Stroke { ink, width: 1.1 * line, dash: None };
                let r = 0.95 * r;
                pen.line((x - r, y - r), (x + r, y + r), how);
                pen.line((x - r, y + r), (x + r, y - r), how);
            }),
        }
    }

    /// A mark whose center is in the frame is drawn whole, also on the border.
    fn in_whole_picture(&mut self, draw: impl FnOnce(&mut Self)) {
        let clip = self.clip;
        self.unclip();
        draw(self);
        self.clip = clip;
    }

    fn put(&mut self, element: &Element<'_>) {
        self.is_intact = self.is_intact && (self.put)(element);
    }
}

struct Dashes {
    lengths: (f64, f64),
    is_on: bool,
    left: f64,
}

impl Dashes {
    fn advance(&mut self, step: f64) {
        self.left -= step;
        if self.left <= 1e-9 {
            self.is_on = !self.is_on;
            self.left = if self.is_on { self.lengths.0 } else { self.lengths.1 };
        }
    }
}

/// `text`, or its beginning and "…" if it is wider than `max_width`.
pub(crate) fn fit(text: &str, size: f64, weight: Weight, max_width: f64) -> Cow<'_, str> {
    if text_width(text, size, weight) <= max_width {
        return Cow::Borrowed(text);
    }
    let mut short = String::new();
    let mut room = max_width - text_width("…", size, weight);
    for c in text.chars() {
        room -= text_width(c.encode_utf8(&mut [0; 4]), size, weight);
        if room < 0.0 {
            break;
        }
        short.push(c);
    }
    short.truncate(short.trim_end().len());
    short.push('…');
    Cow::Owned(short)
}

fn filled(ink: RGBAColor) -> ShapeStyle {
    ShapeStyle { color: ink, filled: true, stroke_width: 0 }
}

#[expect(clippy::cast_possible_truncation, reason = "a float cast to an integer saturates")]
fn to_units(px: f64) -> i32 {
    (px * f64::from(UNITS_PER_PX)).round() as i32
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float cast to an integer saturates"
)]
fn length_units(px: f64) -> u32 {
    (px * f64::from(UNITS_PER_PX)).round() as u32
}

fn point(p: (f64, f64)) -> BackendCoord {
    (to_units(p.0), to_units(p.1))
}

/// The part of a segment inside the frame (Liang and Barsky 1984).
pub(crate) fn clip_segment(a: (f64, f64), b: (f64, f64), frame: &Frame) -> Option<((f64, f64), (f64, f64))> {
    if !(a.0.is_finite() && a.1.is_finite() && b.0.is_finite() && b.1.is_finite()) {
        return None;
    }
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (p, q) in
        [(-dx, a.0 - frame.left), (dx, frame.right - a.0), (-dy, a.1 - frame.top), (dy, frame.bottom - a.1)]
    {
        if p == 0.0 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            enter = enter.max(q / p);
        } else {
            leave = leave.min(q / p);
        }
    }
    if enter > leave {
        return None;
    }
    let start = if enter > 0.0 { (a.0 + enter * dx, a.1 + enter * dy) } else { a };
    let end = if leave < 1.0 { (a.0 + leave * dx, a.1 + leave * dy) } else { b };
    Some((start, end))
}

/// The part of a polygon inside the frame (Sutherland and Hodgman 1974).
fn clip_polygon(points: &[(f64, f64)], frame: &Frame) -> Vec<(f64, f64)> {
    let inside =
        |p: &(f64, f64)| p.0 >= frame.left && p.0 <= frame.right && p.1 >= frame.top && p.1 <= frame.bottom;
    let mut current = points.to_vec();
    if current.iter().all(inside) {
        return current;
    }
    let sides: [Depth<'_>; 4] =
        [&|p| p.0 - frame.left, &|p| frame.right - p.0, &|p| p.1 - frame.top, &|p| frame.bottom - p.1];
    for depth in sides {
        let mut next = Vec::with_capacity(current.len() + 4);
        for (i, p) in current.iter().enumerate() {
            let q = &current[(i + 1) % current.len()];
            let (dp, dq) = (depth(p), depth(q));
            if dp >= 0.0 {
                next.push(*p);
            }
            if (dp >= 0.0) != (dq >= 0.0) {
                let t = dp / (dp - dq);
                next.push((p.0 + t * (q.0 - p.0), p.1 + t * (q.1 - p.1)));
            }
        }
        current = next;
    }
    current
}

/// Signed distance of a point into the frame from one of its sides.
type Depth<'a> = &'a dyn Fn(&(f64, f64)) -> f64;

enum Shape<'a> {
    Path(ShapeStyle),
    Polygon(ShapeStyle),
    Rect(ShapeStyle),
    Circle(u32, ShapeStyle),
    Text(&'a str, Lettering),
}

/// One call to a backend, borrowing its points: `plotters`' own elements own theirs.
pub(crate) struct Element<'a> {
    points: &'a [BackendCoord],
    shape: Shape<'a>,
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Element<'_> {
    type Point = &'a BackendCoord;
    type IntoIter = &'a [BackendCoord];

    fn point_iter(self) -> &'a [BackendCoord] {
        self.points
    }
}

impl<DB: DrawingBackend> Drawable<DB> for Element<'_> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        mut points: I,
        backend: &mut DB,
        _parent_dim: (u32, u32),
    ) -> Result<(), DrawingErrorKind<DB::ErrorType>> {
        match &self.shape {
            Shape::Path(style) => backend.draw_path(points, style),
            Shape::Polygon(style) => backend.fill_polygon(points, &style.color.to_backend_color()),
            Shape::Rect(style) => match (points.next(), points.next()) {
                (Some(from), Some(to)) => backend.draw_rect(from, to, style, true),
                _ => Ok(()),
            },
            Shape::Circle(radius, style) => match points.next() {
                Some(center) => backend.draw_circle(center, *radius, style, style.filled),
                None => Ok(()),
            },
            Shape::Text(text, lettering) => match points.next() {
                Some(at) => backend.draw_text(text, lettering, at),
                None => Ok(()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };

    #[test]
    fn segments_end_at_the_frame() {
        assert_eq!(clip_segment((-10.0, 5.0), (20.0, 5.0), &FRAME), Some(((0.0, 5.0), (10.0, 5.0))));
        assert_eq!(clip_segment((2.0, 3.0), (4.0, 5.0), &FRAME), Some(((2.0, 3.0), (4.0, 5.0))));
        assert_eq!(clip_segment((-5.0, 8.0), (5.0, 28.0), &FRAME), None);
        assert_eq!(clip_segment((f64::NAN, 8.0), (5.0, 2.0), &FRAME), None);
    }

    #[test]
    fn polygons_end_at_the_frame() {
        let clipped = clip_polygon(&[(-5.0, -5.0), (15.0, -5.0), (15.0, 5.0), (-5.0, 5.0)], &FRAME);
        assert!(clipped.iter().all(|p| FRAME.contains(p.0, p.1)));
        assert!(clipped.contains(&(10.0, 5.0)) && clipped.contains(&(0.0, 0.0)));
        assert!(clip_polygon(&[(20.0, 0.0), (30.0, 0.0), (30.0, 5.0)], &FRAME).is_empty());
    }

    #[test]
    fn long_text_is_cut() {
        let short = fit("Positive-part James–Stein", 12.0, Weight::Regular, 60.0);
        assert!(short.ends_with('…') && text_width(&short, 12.0, Weight::Regular) <= 60.0);
        assert_eq!(fit("MLE", 12.0, Weight::Regular, 60.0), "MLE");
    }
}
