//! What the chapters say: words, formulas, settings, steps and questions, as plain data. Nothing here computes.

mod genomics;
mod one_level;
mod one_mean;
mod regions;
mod when;

use super::Chapter;

/// The chapters in order; number `i + 1` is the row of the lecture's table of slides.
pub const CHAPTERS: &[Chapter] = &[
    one_mean::LIKELIHOOD,
    one_mean::PRIOR,
    one_level::MODEL,
    one_level::NUMBERS,
    one_level::UNKNOWN,
    one_level::TRIED,
    regions::MODEL,
    regions::PROGRAM,
    regions::OUTPUT,
    regions::AGAINST_TRUTH,
    regions::SCHOOLS,
    regions::BETTER,
    regions::ERRORS,
    when::PER_REGION,
    when::USEFUL,
    genomics::VARIANCES,
    genomics::BOTH_WITH_ERROR,
    genomics::CELL_TYPES,
    genomics::SLOPE,
];
