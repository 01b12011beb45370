//! mcmc.
