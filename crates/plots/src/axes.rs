//! Ticks, gridlines and axis titles.

use crate::pen::{Frame, Pen, stroke};
use crate::{Axis, Scale};
use plotters::style::text_anchor::HPos;

/// From data units to CSS pixels along one axis.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mapping {
    min: f64,
    max: f64,
    from: f64,
    to: f64,
    scale: Scale,
}

impl Mapping {
    /// `from` and `to` are where the axis' ends stand. A range that is empty
    /// or not finite is replaced by one that can be drawn.
    pub(crate) fn new(axis: &Axis, from: f64, to: f64) -> Self {
        let (min, max) = sound_range(axis);
        Self { min, max, from, to, scale: axis.scale }
    }

    pub(crate) fn at(&self, value: f64) -> f64 {
        let share = match self.scale {
            Scale::Linear => (value - self.min) / (self.max - self.min),
            Scale::Log => (value / self.min).ln() / (self.max / self.min).ln(),
        };
        self.from + share * (self.to - self.from)
    }

    /// What a CSS pixel to the right, or down, adds; `None` on a scale where that is not the same everywhere.
    pub(crate) fn per_pixel(&self) -> Option<f64> {
        let per_pixel = (self.max - self.min) / (self.to - self.from);
        (self.scale == Scale::Linear && per_pixel.is_finite()).then_some(per_pixel)
    }

    /// A place on a whole half pixel, where a one-pixel line is sharp.
    fn sharp(&self, value: f64) -> f64 {
        self.at(value).floor() + 0.5
    }
}

fn sound_range(axis: &Axis) -> (f64, f64) {
    let (min, max) = (axis.min, axis.max);
    let is_positive = axis.scale == Scale::Linear || min > 0.0;
    if min.is_finite() && max.is_finite() && min < max && is_positive {
        (min, max)
    } else if axis.scale == Scale::Log {
        (1.0, 10.0)
    } else if min.is_finite() {
        (min, min + 1.0)
    } else {
        (0.0, 1.0)
    }
}

/// A tick: value and label.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tick {
    pub(crate) value: f64,
    pub(crate) label: String,
}

/// At most about `max_count` round numbers within the axis.
pub(crate) fn ticks(axis: &Axis, max_count: f64) -> Vec<Tick> {
    let (min, max) = sound_range(axis);
    match axis.scale {
        Scale::Log if max / min >= 8.0 => log_ticks(min, max, max_count),
        _ => linear_ticks(min, max, max_count),
    }
}

fn linear_ticks(min: f64, max: f64, max_count: f64) -> Vec<Tick> {
    let span = max - min;
    let rough = span / max_count.max(1.0);
    let power = libm::pow(10.0, rough.log10().floor());
    let (step, decimals_more) = [(1.0, 0), (2.0, 0), (2.5, 1), (5.0, 0), (10.0, 0)]
        .into_iter()
        .filter(|(m, _)| *m != 2.5 || !(0.5..=5.0).contains(&power)) // 0.25 and 25 read well, 2.5 does not
        .find(|(m, _)| m * power >= rough * (1.0 - 1e-9))
        .map_or((10.0 * power, 0), |(m, d)| (m * power, d));
    // The 1e-9 is for powers of ten that come out a rounding error too small.
    let leading = if decimals_more == 1 { step / 2.5 } else { step };
    let decimals = f64::from(decimals_more) - (leading.log10() + 1e-9).floor();
    let first = (min / step - 1e-9).ceil();
    let last = (max / step + 1e-9).floor();
    let mut ticks = Vec::new();
    let mut i = first;
    while i <= last && ticks.len() < 200 {
        let value = i * step;
        ticks.push(Tick { value, label: tick_label(value, decimals) });
        i += 1.0;
    }
    ticks
}

fn log_ticks(min: f64, max: f64, max_count: f64) -> Vec<Tick> {
    let decades = (max / min).log10();
    let (mantissas, every): (&[f64], f64) = if decades * 3.0 <= max_count {
        (&[1.0, 2.0, 5.0], 1.0)
    } else if decades * 2.0 <= max_count {
        (&[1.0, 3.0], 1.0)
    } else {
        (&[1.0], (decades / max_count.max(1.0)).ceil().max(1.0))
    };
    let mut ticks = Vec::new();
    let mut exponent = (min.log10().floor() / every).floor() * every;
    while exponent <= max.log10().ceil() {
        for mantissa in mantissas {
            let value = mantissa * libm::pow(10.0, exponent);
            if value >= min * (1.0 - 1e-9) && value <= max * (1.0 + 1e-9) {
                ticks.push(Tick { value, label: tick_label(value, -exponent) });
            }
        }
        exponent += every;
    }
    ticks
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 8")]
fn tick_label(value: f64, decimals: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if value.abs() >= 1e7 || decimals > 6.0 {
        return crate::numbers::scientific(value);
    }
    crate::numbers::grouped(value, decimals.clamp(0.0, 8.0) as usize)
}

/// Space that the numbers and the title below a frame take.
pub(crate) fn x_axis_height(pen: &Pen<'_>, axis: &Axis) -> f64 {
    axis_height(pen.theme.scale, axis)
}

pub(crate) fn axis_height(scale: f64, axis: &Axis) -> f64 {
    (if axis.title.is_empty() { 23.0 } else { 40.0 }) * scale
}

/// Vertical gridlines, their numbers below the frame and the title below these.
pub(crate) fn draw_x_axis(pen: &mut Pen<'_>, axis: &Axis, frame: Frame) {
    let mapping = Mapping::new(axis, frame.left, frame.right);
    let how = pen.small().aligned(HPos::Center);
    let scale = pen.theme.scale;
    // Sparser than would fit: on wide pictures about seven numbers are enough.
    let comfortable = (frame.width() / 7.0).clamp(50.0 * scale, 92.0 * scale);
    let ticks = fitting_ticks(axis, frame.width(), |label| how.width(label) + 22.0 * scale, comfortable);
    let grid = stroke(pen.theme.grid, 1.0, pen.theme.grid_width());
    let base = frame.bottom + 16.0 * scale;
    let mut free_from = f64::NEG_INFINITY;
    for tick in &ticks {
        let x = mapping.sharp(tick.value);
        pen.line((x, frame.top), (x, frame.bottom), grid);
        let half = how.width(&tick.label) / 2.0;
        let center = x.min(pen.width - half).max(half);
        if center - half > free_from {
            pen.text(center, base, &tick.label, how);
            free_from = center + half + 4.0 * scale;
        }
    }
    if !axis.title.is_empty() {
        pen.text((frame.left + frame.right) / 2.0, base + 17.0 * scale, &axis.title, how);
    }
}

/// The most ticks whose labels have room, but not closer together than `comfortable`.
fn fitting_ticks(axis: &Axis, length: f64, needs: impl Fn(&str) -> f64, comfortable: f64) -> Vec<Tick> {
    let mut count = (length / comfortable).clamp(1.0, 14.0);
    loop {
        let ticks = ticks(axis, count);
        let widest = ticks.iter().map(|tick| needs(&tick.label)).fold(0.0, f64::max);
        if count <= 1.0 || widest * (ticks.len() as f64 - 1.0) <= length || ticks.len() < 3 {
            return ticks;
        }
        count -= 1.0;
    }
}

/// Ticks for a vertical axis of `height` pixels, at least two where there are round numbers for it.
pub(crate) fn y_ticks(pen: &Pen<'_>, axis: &Axis, height: f64) -> Vec<Tick> {
    let mut count = (height / (40.0 * pen.theme.scale)).clamp(1.0, 8.0);
    let most = height / (1.4 * pen.theme.small_size());
    let mut found = ticks(axis, count);
    while found.len() < 2 && 1.3 * count < most {
        count *= 1.3;
        found = ticks(axis, count);
    }
    found
}

/// Space that the numbers left of a frame take.
pub(crate) fn y_axis_width(pen: &Pen<'_>, ticks: &[Tick]) -> f64 {
    let how = pen.small();
    ticks.iter().map(|tick| how.width(&tick.label)).fold(0.0, f64::max) + 9.0 * pen.theme.scale
}

/// Space that the title above a frame takes.
pub(crate) fn y_title_height(pen: &Pen<'_>, axis: &Axis) -> f64 {
    if axis.title.is_empty() { 0.0 } else { 20.0 * pen.theme.scale }
}

/// Horizontal gridlines, their numbers at the left and the title above.
pub(crate) fn draw_y_axis(pen: &mut Pen<'_>, axis: &Axis, ticks: &[Tick], frame: Frame) {
    let mapping = Mapping::new(axis, frame.bottom, frame.top);
    let how = pen.small().aligned(HPos::Right);
    let grid = stroke(pen.theme.grid, 1.0, pen.theme.grid_width());
    for tick in ticks {
        let y = mapping.sharp(tick.value);
        pen.line((frame.left, y), (frame.right, y), grid);
        pen.text_mid(frame.left - 7.0 * pen.theme.scale, y, &tick.label, how);
    }
    draw_y_title(pen, axis, frame);
}

pub(crate) fn draw_y_title(pen: &mut Pen<'_>, axis: &Axis, frame: Frame) {
    let how = pen.small();
    pen.text(0.0, frame.top - 9.0 * pen.theme.scale, &axis.title, how);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(axis: &Axis, count: f64) -> Vec<String> {
        ticks(axis, count).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_are_round_numbers() {
        assert_eq!(labels(&Axis::linear(-8.2, 6.4, ""), 8.0), ["−8", "−6", "−4", "−2", "0", "2", "4", "6"]);
        assert_eq!(labels(&Axis::linear(0.0, 1.0, ""), 4.0), ["0", "0.25", "0.50", "0.75", "1.00"]);
        assert_eq!(labels(&Axis::linear(0.0, 0.3, ""), 3.0), ["0", "0.1", "0.2", "0.3"]);
        assert_eq!(labels(&Axis::linear(0.0, 20_000.0, ""), 2.0), ["0", "10,000", "20,000"]);
        assert_eq!(labels(&Axis::linear(0.0, 80.0, ""), 4.0), ["0", "20", "40", "60", "80"]);
    }

    #[test]
    fn log_ticks_are_decades_and_parts() {
        let axis = Axis { scale: Scale::Log, ..Axis::linear(0.05, 20.0, "") };
        assert_eq!(labels(&axis, 6.0), ["0.1", "0.3", "1", "3", "10"].map(String::from));
        assert_eq!(labels(&axis, 3.0), ["0.1", "1", "10"]);
        let mapping = Mapping::new(&axis, 0.0, 100.0);
        assert!((mapping.at(1.0) - 50.0).abs() < 1e-9);
        assert!(!mapping.at(0.0).is_finite() && !mapping.at(-1.0).is_finite());
    }

    #[test]
    fn senseless_ranges_still_have_ticks() {
        for (min, max) in [(0.0, 0.0), (f64::NAN, 1.0), (1.0, f64::INFINITY), (3.0, 2.0), (-1e300, 1e300)] {
            for scale in [Scale::Linear, Scale::Log] {
                let axis = Axis { scale, ..Axis::linear(min, max, "") };
                let ticks = ticks(&axis, 5.0);
                assert!(ticks.len() <= 200 && ticks.iter().all(|tick| tick.value.is_finite()), "{min} {max}");
            }
        }
    }
}
