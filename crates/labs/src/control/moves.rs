//! How far units were dragged: `3_0.12_-0.4,5_0_0.2` in a link, units counted from 1.

use super::Move;
use crate::number;

/// Most units that can be moved: their places still fit into a link.
pub(super) const MAX_MOVES: usize = 60;

/// Moves are rounded to this: finer than a hand.
const STEP: f64 = 0.001;

/// `moves` after unit `unit` is moved `by` more, to the right and up: rounded, in rising order.
#[must_use]
pub fn moved(moves: &[Move], unit: u32, by: (f64, f64)) -> Vec<Move> {
    let (mut moves, mut sum) = (moves.to_vec(), by);
    if let Some(place) = moves.iter().position(|other| other.unit == unit) {
        let before = moves.remove(place).by;
        sum = (before.0 + by.0, before.1 + by.1);
    }
    // Divided, not multiplied: the number nearest to a few decimals, which is written shortly.
    let rounded = |value: f64| (value / STEP).round() / (1.0 / STEP) + 0.0;
    let place = moves.partition_point(|other| other.unit < unit);
    moves.insert(place, Move { unit, by: (rounded(sum.0), rounded(sum.1)) });
    moves.retain(|moved| moved.by != (0.0, 0.0));
    moves
}

/// The moves that are taken, and whether they are others than those given.
pub(super) fn admit(most: f64, given: Vec<Move>) -> (Vec<Move>, bool) {
    let mut moves: Vec<Move> = Vec::new();
    for Move { unit, by } in &given {
        // No negative zero: it would be written as such.
        let [across, up] =
            [by.0, by.1].map(|value| if value.is_nan() { 0.0 } else { value.clamp(-most, most) + 0.0 });
        let place = moves.partition_point(|other| other.unit < *unit);
        let is_new = moves.get(place).is_none_or(|other| other.unit != *unit);
        if is_new && moves.len() < MAX_MOVES && (across, up) != (0.0, 0.0) {
            moves.insert(place, Move { unit: *unit, by: (across, up) });
        }
    }
    let is_mended = moves != given;
    (moves, is_mended)
}

/// Moves as [`write()`] writes them; `None` for anything else.
pub(super) fn read(text: &str) -> Option<Vec<Move>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let number = |text: &str| number::read(text.trim()).filter(|number| !number.is_nan());
    let moves = text.split(',').map(|item| {
        let mut parts = item.split('_');
        let unit = parts.next()?.trim().parse::<u32>().ok()?.checked_sub(1)?;
        let by = (number(parts.next()?)?, number(parts.next()?)?);
        parts.next().is_none().then_some(Move { unit, by })
    });
    let mut in_order = Vec::new();
    for moved in moves {
        let moved = moved?;
        let place = in_order.partition_point(|before: &Move| before.unit <= moved.unit);
        in_order.insert(place, moved);
    }
    Some(in_order)
}

pub(super) fn write(moves: &[Move]) -> String {
    let items = moves.iter().map(|Move { unit, by }| format!("{}_{}_{}", unit + 1, by.0, by.1));
    items.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(unit: u32, across: f64, up: f64) -> Move {
        Move { unit, by: (across, up) }
    }

    #[test]
    fn moves_add_up_and_a_unit_that_came_back_is_not_moved() {
        let moves = moved(&[], 4, (0.1234, -0.2));
        assert_eq!(moves, [of(4, 0.123, -0.2)]);
        let moves = moved(&moves, 1, (0.5, 0.0));
        assert_eq!(moves, [of(1, 0.5, 0.0), of(4, 0.123, -0.2)]);
        assert_eq!(moved(&moves, 4, (-0.123, 0.2)), [of(1, 0.5, 0.0)]);
        assert_eq!(write(&moved(&moves, 4, (0.1, 0.1))), "2_0.5_0,5_0.223_-0.1");
    }

    #[test]
    fn what_is_written_is_read_and_anything_else_is_not() {
        let moves = vec![of(0, 0.25, -1.0), of(11, -0.001, 0.0)];
        assert_eq!(read(&write(&moves)), Some(moves.clone()));
        assert_eq!(read(" 12_-0.001_0, 1_.25_−1"), Some(moves));
        assert_eq!(read(""), Some(Vec::new()));
        for text in ["0_1_1", "1_1", "1_1_1_1", "x_1_1", "1_nan_1", "1_1_1,", "1;1;1", "-1_1_1"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_goes_too_far_or_twice_is_mended() {
        let given = vec![of(1, 9.0, f64::NEG_INFINITY), of(1, 0.1, 0.1), of(0, 0.0, 0.5), of(3, 0.0, 0.0)];
        assert_eq!(admit(2.0, given), (vec![of(0, 0.0, 0.5), of(1, 2.0, -2.0)], true));
        let many: Vec<Move> = (0..100).map(|unit| of(unit, 1.0, 0.0)).collect();
        assert_eq!(admit(2.0, many.clone()), (many[..MAX_MOVES].to_vec(), true));
        assert_eq!(admit(2.0, many[..3].to_vec()), (many[..3].to_vec(), false));
    }
}
