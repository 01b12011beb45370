//! estimators.
