//! The Yew page, the worker shell, and every effect: address bar, canvas,
//! storage, download. No formula stands here.

pub mod annex;
pub mod app;
pub mod components;
pub mod controls;
pub mod effects;
pub mod state;
pub mod worker_shell;

mod canvas;
mod words;

/// Formulas as MathML, made at build time.
mod formulas {
    include!(concat!(env!("OUT_DIR"), "/mathml.rs"));
}
