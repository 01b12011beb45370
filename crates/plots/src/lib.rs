//! Figure data and functions that draw them on any `plotters` backend.
//!
//! A [`Figure`] is plain data, already binned, smoothed and thinned, with its
//! axis ranges, labels and a text alternative. [`draw`] chooses no range and
//! computes no statistic, and the same figure gives the same picture on every
//! backend.

mod figure;

pub use figure::*;
