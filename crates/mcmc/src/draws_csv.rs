//! Draws as a file that Stan's tools read.

use std::fmt::Write;

use crate::Draws;

/// One line per draw: `chain`, `iteration` (both counted from 1), the sampler's columns, the variables.
///
/// Column names are Stan's (`divergent__`, `theta[1]`); ArviZ and the R package posterior read the file.
/// Numbers are written with as many digits as give them back exactly; a number that a sampler does not
/// have (NaN) is an empty cell.
///
/// - `draws`: the variables.
/// - `columns`: the sampler's columns ([`SAMPLER_COLUMNS`](crate::SAMPLER_COLUMNS)), as many draws in each chain.
#[must_use]
pub fn draws_csv(draws: &Draws, columns: &Draws) -> String {
    let mut text = draws_csv_header(draws, columns);
    for chain in 0..draws.num_chains() {
        draws_csv_lines(draws, columns, chain, 0..draws.num_draws(chain), &mut text);
    }
    text
}

/// The first line of [`draws_csv`].
#[must_use]
pub fn draws_csv_header(draws: &Draws, columns: &Draws) -> String {
    let mut text = String::from("chain,iteration");
    for name in columns.names().iter().chain(draws.names()) {
        text.push(',');
        text.push_str(name);
    }
    text.push('\n');
    text
}

/// Appends those lines of [`draws_csv`] that hold some draws of one chain to `text`.
///
/// - `iterations`: 0 is the first.
pub fn draws_csv_lines(
    draws: &Draws,
    columns: &Draws,
    chain: usize,
    iterations: std::ops::Range<usize>,
    text: &mut String,
) {
    for i in iterations {
        // Writing to a string cannot fail.
        let _ = write!(text, "{},{}", chain + 1, i + 1);
        for store in [columns, draws] {
            for k in 0..store.num_variables() {
                let value = store.variable(chain, k).get(i).copied().unwrap_or(f64::NAN);
                text.push(',');
                write_number(value, text);
            }
        }
        text.push('\n');
    }
}

fn write_number(value: f64, text: &mut String) {
    let is_plain = value == 0.0 || (1e-5..1e15).contains(&value.abs());
    let _ = match value {
        _ if value.is_nan() => Ok(()),
        _ if is_plain => write!(text, "{value}"),
        _ => write!(text, "{value:e}"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SAMPLER_COLUMNS, Transition, variable_names};

    #[test]
    fn a_line_holds_one_draw_and_gives_every_number_back() {
        let transition = Transition {
            accept_stat: 0.9,
            step_size: 0.25,
            tree_depth: 3,
            num_leapfrog: 7,
            divergent: true,
            energy: f64::NAN,
            log_density: -1.5,
            warmup: false,
        };
        let mut draws = Draws::new(variable_names(&[("theta", 1), ("mu", 2)]), 2, 2);
        let mut columns = Draws::new(SAMPLER_COLUMNS.map(str::to_owned).into(), 2, 2);
        let third = 1.0 / 3.0;
        for chain in [0, 1, 1] {
            draws.push(chain, &[third, -2e-300, 4.0]);
            columns.push(chain, &transition.columns());
        }
        let text = draws_csv(&draws, &columns);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            "chain,iteration,lp__,accept_stat__,stepsize__,treedepth__,n_leapfrog__,divergent__,energy__,theta[1],mu[1],mu[2]"
        );
        assert_eq!(lines.len(), 4);
        assert!(lines[3].starts_with("2,2,-1.5,0.9,0.25,3,7,1,,"), "{}", lines[3]);
        let numbers: Vec<f64> = lines[3].split(',').skip(9).map(|cell| cell.parse().unwrap()).collect();
        assert_eq!(numbers, [third, -2e-300, 4.0]);
        assert!(lines[3].ends_with(",0.3333333333333333,-2e-300,4"));
    }
}
