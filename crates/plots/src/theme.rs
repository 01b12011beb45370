//! Colors, marks, line widths and type sizes. Nothing else in this crate names one.

use crate::Role;
use plotters::style::RGBColor;

/// A color without transparency.
pub type Color = RGBColor;

/// Shape of a mark. Each estimator has its own, so that color never carries the meaning alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A short vertical line: the truth.
    Tick,
    /// An open circle: maximum likelihood.
    OpenCircle,
    /// A filled circle: Bayes.
    FilledCircle,
    /// A triangle: James–Stein and empirical Bayes.
    Triangle,
    /// A square: region mean.
    Square,
    /// A diagonal cross: the naive 0.
    Cross,
    /// A small dot: no estimator.
    Dot,
    /// A diamond: the oracle.
    Diamond,
}

impl Role {
    /// The mark of this role, the same in every theme.
    pub fn mark(self) -> Mark {
        match self {
            Role::Truth => Mark::Tick,
            Role::Mle => Mark::OpenCircle,
            Role::Bayes => Mark::FilledCircle,
            Role::JamesStein => Mark::Triangle,
            Role::RegionMean => Mark::Square,
            Role::Zero => Mark::Cross,
            Role::Neutral => Mark::Dot,
            Role::Oracle => Mark::Diamond,
        }
    }
}

/// All that decides how a figure looks. Lengths are in CSS pixels at `scale` 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theme {
    /// Multiplies type, marks and line widths: 1 on a desk, [`Theme::PRESENT_SCALE`] on a projector.
    pub scale: f64,
    /// What the figure lies on (the card, not the page).
    pub card: Color,
    /// Text and the truth.
    pub ink: Color,
    /// Axis numbers, titles and remarks.
    pub muted: Color,
    /// Gridlines.
    pub grid: Color,
    /// Base lines, a little stronger than the grid.
    pub base_line: Color,
    /// Maximum likelihood.
    pub mle: Color,
    /// Bayes; also intervals, bands and posteriors.
    pub bayes: Color,
    /// James–Stein and other empirical Bayes rules.
    pub james_stein: Color,
    /// Region mean.
    pub region_mean: Color,
    /// The naive 0.
    pub zero: Color,
    /// The oracle.
    pub oracle: Color,
    /// Lines of the first, second, … group, taken in turn.
    pub groups: [Color; 6],
    /// Lines of the first, second, … chain, taken in turn.
    pub chains: [Color; 4],
    /// What went wrong: divergent steps.
    pub warning: Color,
    /// Ratios below, at and above break-even. Blue against orange: safe for color-blind eyes.
    pub diverging: [Color; 3],
    /// How strongly bands and histograms are filled, 0 to 1.
    pub fill_alpha: f64,
    /// How strongly interval bars are drawn, 0 to 1.
    pub interval_alpha: f64,
    /// How much remains of what is not highlighted, 0 to 1.
    pub faded: f64,
}

const fn rgb(hex: u32) -> Color {
    let [_, r, g, b] = hex.to_be_bytes();
    RGBColor(r, g, b)
}

/// Family of all lettering in figures; what shows it must have it.
pub const FONT_FAMILY: &str = "Inter";

impl Theme {
    /// `scale` for a projector: the smallest label is then 16 CSS pixels.
    pub const PRESENT_SCALE: f64 = 1.4;

    /// Ink on a white card.
    pub const LIGHT: Self = Self {
        scale: 1.0,
        card: rgb(0xff_ff_ff),
        ink: rgb(0x1b_1d_22),
        muted: rgb(0x5d_63_70),
        grid: rgb(0xec_e9_e2),
        base_line: rgb(0xd6_d2_c8),
        mle: rgb(0xb5_50_0a),
        bayes: rgb(0x0b_62_a8),
        james_stein: rgb(0x00_79_5c),
        region_mean: rgb(0x8a_3f_8f),
        zero: rgb(0x6b_72_80),
        oracle: rgb(0x8a_6d_00),
        groups: [
            rgb(0x3e_66_b0),
            rgb(0xb0_6a_2e),
            rgb(0x3d_86_5a),
            rgb(0x9c_4a_86),
            rgb(0x2f_85_90),
            rgb(0x83_62_4e),
        ],
        chains: [rgb(0x0b_62_a8), rgb(0x3f_93_d2), rgb(0x0a_3d_68), rgb(0x6f_a9_d6)],
        warning: rgb(0x9a_2a_12),
        diverging: [rgb(0x0a_4f_8c), rgb(0xf4_f2_ec), rgb(0xc0_54_0a)],
        fill_alpha: 0.16,
        interval_alpha: 0.42,
        faded: 0.36,
    };

    /// Light ink on a dark card.
    pub const DARK: Self = Self {
        scale: 1.0,
        card: rgb(0x18_1b_22),
        ink: rgb(0xf4_f5_f7),
        muted: rgb(0xa2_a9_b6),
        grid: rgb(0x2a_2f_39),
        base_line: rgb(0x3d_44_50),
        mle: rgb(0xf0_95_4a),
        bayes: rgb(0x6d_b6_f2),
        james_stein: rgb(0x45_c9_a1),
        region_mean: rgb(0xd5_92_da),
        zero: rgb(0x9a_a3_b2),
        oracle: rgb(0xe3_c0_4b),
        groups: [
            rgb(0x8f_ae_ee),
            rgb(0xe8_ad_72),
            rgb(0x7f_cd_9b),
            rgb(0xe0_95_cc),
            rgb(0x74_c9_d4),
            rgb(0xcb_ad_98),
        ],
        chains: [rgb(0x6d_b6_f2), rgb(0x3a_86_c8), rgb(0xb5_da_f8), rgb(0x5b_9a_d0)],
        warning: rgb(0xff_9b_7d),
        diverging: [rgb(0x4f_9f_e6), rgb(0x24_28_31), rgb(0xe8_8a_3c)],
        fill_alpha: 0.2,
        interval_alpha: 0.46,
        faded: 0.36,
    };

    /// The light colors, with black ink and stronger lines for paper.
    pub const PRINT: Self = Self {
        ink: rgb(0x00_00_00),
        muted: rgb(0x40_44_4d),
        grid: rgb(0xd9_d9_d9),
        base_line: rgb(0xa8_a8_a8),
        interval_alpha: 0.55,
        ..Self::LIGHT
    };

    /// The same theme with type and lines `scale` times as large.
    pub fn scaled(self, scale: f64) -> Self {
        Self { scale, ..self }
    }

    /// Color of a role.
    pub fn color(&self, role: Role) -> Color {
        match role {
            Role::Truth => self.ink,
            Role::Mle => self.mle,
            Role::Bayes => self.bayes,
            Role::JamesStein => self.james_stein,
            Role::RegionMean => self.region_mean,
            Role::Zero => self.zero,
            Role::Neutral => self.muted,
            Role::Oracle => self.oracle,
        }
    }

    /// Color of group `group`.
    pub fn group_color(&self, group: u32) -> Color {
        self.groups[group as usize % self.groups.len()]
    }

    /// Shade of doubling `doubling` (0, 1, …) of a trajectory: the later, the further from the card,
    /// and the same however many follow.
    pub fn doubling_color(&self, doubling: u32) -> Color {
        // Trees are rarely deeper than five: the first shades lie furthest apart.
        let share = 1.0 - libm::pow(0.62, f64::from(doubling));
        mixed(self.chains[1], self.chains[2], share)
    }

    /// Color of a ratio below (to −1), at (0) or above (to 1) break-even.
    pub fn diverging_color(&self, strength: f64) -> Color {
        let [low, even, high] = self.diverging;
        // The power keeps small differences visible.
        let share = libm::pow(strength.abs().min(1.0), 0.8);
        mixed(even, if strength < 0.0 { low } else { high }, share)
    }

    /// Size of axis numbers, remarks and direct labels, in CSS pixels.
    pub fn small_size(&self) -> f64 {
        11.5 * self.scale
    }

    /// Size of row labels, in CSS pixels.
    pub fn label_size(&self) -> f64 {
        12.0 * self.scale
    }

    /// Radius of a mark where there is room, in CSS pixels.
    pub fn mark_radius(&self) -> f64 {
        3.6 * self.scale
    }

    /// Width of a gridline, in CSS pixels.
    pub fn grid_width(&self) -> f64 {
        1.0
    }

    /// Width of a curve, in CSS pixels.
    pub fn curve_width(&self) -> f64 {
        1.8 * self.scale
    }

    /// Width of a thin line: whiskers, arrows, dashes, in CSS pixels.
    pub fn thin_width(&self) -> f64 {
        1.2 * self.scale
    }
}

/// The color a share `t` of the way from `from` to `to`.
fn mixed(from: Color, to: Color, t: f64) -> Color {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two u8")]
    let part = |a: u8, b: u8| (f64::from(a) + t * (f64::from(b) - f64::from(a))).round() as u8;
    RGBColor(part(from.0, to.0), part(from.1, to.1), part(from.2, to.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2.2, "relative luminance").
    fn luminance(color: Color) -> f64 {
        let part = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(color.0) + 0.7152 * part(color.1) + 0.0722 * part(color.2)
    }

    fn contrast(a: Color, b: Color) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    const ROLES: [Role; 8] = [
        Role::Truth,
        Role::Mle,
        Role::Bayes,
        Role::JamesStein,
        Role::RegionMean,
        Role::Zero,
        Role::Neutral,
        Role::Oracle,
    ];

    #[test]
    fn every_role_can_be_read_as_text() {
        for theme in [Theme::LIGHT, Theme::DARK, Theme::PRINT] {
            for role in ROLES {
                let ratio = contrast(theme.color(role), theme.card);
                assert!(ratio >= 4.5, "{role:?}: {ratio}");
            }
            for color in theme.groups {
                assert!(contrast(color, theme.card) >= 3.0, "group {color:?}");
            }
        }
    }

    #[test]
    fn steps_and_warnings_stand_out() {
        for theme in [Theme::LIGHT, Theme::DARK, Theme::PRINT] {
            assert!(contrast(theme.warning, theme.card) >= 4.5);
            assert!(ROLES.iter().all(|role| theme.color(*role) != theme.warning));
            let shades: Vec<f64> =
                (0..12).map(|doubling| contrast(theme.doubling_color(doubling), theme.card)).collect();
            assert!(shades[0] >= 3.0, "{shades:?}");
            assert!(shades.windows(2).all(|pair| pair[0] <= pair[1]), "{shades:?}");
            assert!(shades[..5].windows(2).all(|pair| pair[1] > 1.05 * pair[0]), "{shades:?}");
        }
    }

    #[test]
    fn ratios_get_stronger_away_from_break_even() {
        for theme in [Theme::LIGHT, Theme::DARK, Theme::PRINT] {
            for sign in [-1.0, 1.0] {
                let shade = |i: i32| theme.diverging_color(sign * 0.1 * f64::from(i));
                let contrasts: Vec<f64> = (0..=10).map(|i| contrast(shade(i), theme.diverging[1])).collect();
                assert!(contrasts.windows(2).all(|pair| pair[0] < pair[1]), "{contrasts:?}");
                assert!(contrasts[10] >= 4.0, "{contrasts:?}");
            }
            // Blue and orange keep apart without red and green: by their blue part.
            let [low, _, high] = theme.diverging;
            assert!(i32::from(low.2) - i32::from(high.2) > 100);
        }
    }

    #[test]
    fn no_two_roles_share_color_or_mark() {
        for (i, a) in ROLES.iter().enumerate() {
            for b in &ROLES[i + 1..] {
                assert_ne!(a.mark(), b.mark());
                for theme in [Theme::LIGHT, Theme::DARK, Theme::PRINT] {
                    assert_ne!(theme.color(*a), theme.color(*b), "{a:?} {b:?}");
                }
            }
        }
    }

    #[test]
    fn projector_labels_are_sixteen_pixels() {
        assert!(Theme::LIGHT.scaled(Theme::PRESENT_SCALE).small_size() >= 16.0);
    }
}
