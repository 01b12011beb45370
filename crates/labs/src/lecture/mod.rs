//! The lecture: chapters that follow Michael Love's "Bayesian Hierarchical Modeling of Cell-Type-Specific Gene
//! Regulation" slide by slide, each a preset of a lab with words of its own.

/// One chapter.
#[derive(Debug)]
pub struct Chapter {
    /// Its heading.
    pub title: &'static str,
    /// The settings that it begins with: the link of a lab.
    pub link: &'static str,
}

/// The chapters in order; number `i + 1` is the row of the lecture's table of slides.
pub const CHAPTERS: &[Chapter] = &[
    Chapter { title: "What is a likelihood?", link: "#/one-prior" },
    Chapter { title: "Prior times likelihood", link: "#/one-prior" },
    Chapter { title: "A simple hierarchical model", link: "#/one-prior" },
];
