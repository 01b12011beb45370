//! One module per lab: its parameters, controls, computation, figures and
//! prose; and the scenario that a link names.
//!
//! A [`Scenario`] is a lab and one value for each of its controls. Everything
//! else follows from it: the same scenario gives the same panels, anywhere.
//!
//! ```
//! use labs::{Extras, Scenario, link};
//!
//! let read = link::parse("#/one-prior?a=9&seed=7");
//! assert!(read.notices.is_empty());
//! let run = read.scenario.start();
//! assert!(!run.panels(&read.scenario.values(), &Extras::default()).is_empty());
//! assert_eq!(link::write(&read.scenario), "#/one-prior?a=9&seed=7");
//! ```

pub mod axis;
pub mod caption;
pub mod code;
pub mod control;
mod draws_summary;
mod experiment;
pub mod fit;
pub mod frame;
pub mod glossary;
pub mod lab;
pub mod lecture;
pub mod library;
pub mod link;
pub mod number;
pub mod own;
pub mod registry;
pub mod reports;
pub mod scenario;
mod words;

mod data;
mod james_stein;
mod likelihood;
mod limma;
mod mrlocus;
mod one_prior;
mod prior;
mod prose;
mod regions;
mod tf_binding;
mod when;

pub use code::{Code, Program};
pub use control::{Control, DefaultValue, Effect, Group, Kind, Move, Notice, SizeLimits, Value, Values};
pub use draws_summary::DrawsSummary;
pub use experiment::Experiment;
pub use fit::{Estimate, Fit, FitError, Measured};
pub use frame::Frame;
pub use lab::{
    Body, Compute, Extras, Lab, LabName, Legend, Meta, NUM_CHAINS, Needs, Pace, Panel, Place, Preset,
    Programs, Rival, Run, SamplerReport, Sampling, Settings, Span, Stat,
};
pub use own::Own;
pub use registry::LABS;
pub use scenario::Scenario;
pub use when::Sweep;
pub use words::BULK_ESS;
