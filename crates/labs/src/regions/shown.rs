//! Which schools and regions of a large design have room in a picture. The numbers of all of them stand in
//! the tables.

use super::{RegionsRun, words};

/// Regions of the largest design that is drawn whole, and most regions that are drawn of a larger one.
const MAX_REGIONS: usize = 12;
/// Schools of the largest design that is drawn whole.
const MAX_SCHOOLS: usize = 720;
/// Most schools of a region that the forest of a larger design has.
const MAX_ROWS: usize = 8;
/// Most schools that slopes and scatter of a larger design have: more lines are a blot, and keep the page
/// from answering.
const MAX_POINTS: usize = 240;

/// The choice, from region to region and from the lowest school to the highest.
pub(super) struct Shown {
    /// Regions, rising.
    pub(super) regions: Vec<usize>,
    /// Schools of each region of `regions`, in the order of the picture.
    pub(super) schools: Vec<Vec<usize>>,
    /// Schools of slopes and scatter, rising; empty: all.
    pub(super) points: Vec<u32>,
    /// Schools in all.
    pub(super) num_schools: usize,
    num_regions: usize,
}

impl Shown {
    /// The choice of `run` while the reader looks at school `focus`, which is always among them.
    pub(super) fn of(run: &RegionsRun, focus: Option<u32>) -> Self {
        let (num_regions, num_schools) = (run.num_regions(), run.data.y.len());
        if num_regions <= MAX_REGIONS && num_schools <= MAX_SCHOOLS {
            return Self {
                regions: (0..num_regions).collect(),
                schools: run.order.clone(),
                points: Vec::new(),
                num_schools,
                num_regions,
            };
        }
        let focus = focus.map(|unit| unit as usize).filter(|unit| *unit < num_schools);
        let region = focus.map(|school| run.setting.region_of(school));
        let all: Vec<usize> = (0..num_regions).collect();
        let regions = spread(&all, MAX_REGIONS, region);
        let schools = regions.iter().map(|k| spread(&run.order[*k], MAX_ROWS, focus)).collect();
        let all: Vec<usize> = (0..num_schools).collect();
        let points = spread(&all, MAX_POINTS, None);
        let points = points.into_iter().map(|i| u32::try_from(i).expect("a few thousand schools")).collect();
        Self { regions, schools, points, num_schools, num_regions }
    }

    /// Schools of region `k` that have room, in the order of the picture.
    pub(super) fn of_region(&self, k: usize) -> &[usize] {
        self.regions.binary_search(&k).map_or(&[], |place| &self.schools[place])
    }

    /// Whether there is room for everything.
    pub(super) fn is_whole(&self) -> bool {
        self.points.is_empty()
    }

    /// What the forest leaves out, as a sentence with a space after it; empty if nothing.
    pub(super) fn of_schools(&self) -> String {
        if self.is_whole() {
            return String::new();
        }
        let num_drawn: usize = self.schools.iter().map(Vec::len).sum();
        words::omitted::schools((num_drawn, self.num_schools), (self.regions.len(), self.num_regions))
    }

    /// What the ridges leave out, as a sentence with a space before it; empty if nothing.
    pub(super) fn of_regions(&self) -> String {
        match self.regions.len() {
            few if few < self.num_regions => words::omitted::regions((few, self.num_regions)),
            _ => String::new(),
        }
    }

    /// What slopes and scatter leave out, as a sentence with a space before it; empty if nothing.
    pub(super) fn of_points(&self) -> String {
        match self.points.len() {
            0 => String::new(),
            few => words::omitted::points((few, self.num_schools)),
        }
    }
}

/// At most `most` of `all` at equal distances, the first and the last among them; if `wanted` is in `all`, it
/// takes the place of the one nearest to it.
fn spread(all: &[usize], most: usize, wanted: Option<usize>) -> Vec<usize> {
    if all.len() <= most {
        return all.to_vec();
    }
    let place = |j: usize| (j * (all.len() - 1) + (most - 1) / 2) / (most - 1);
    let mut places: Vec<usize> = (0..most).map(place).collect();
    if let Some(at) = wanted.and_then(|wanted| all.iter().position(|item| *item == wanted))
        && let Some(nearest) = places.iter_mut().min_by_key(|place| place.abs_diff(at))
    {
        *nearest = at;
    }
    places.into_iter().map(|place| all[place]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_reaches_from_end_to_end_and_holds_who_is_wanted() {
        let all: Vec<usize> = (0..100).map(|i| 3 * i).collect();
        let twelve = spread(&all, 12, None);
        assert_eq!((twelve.len(), twelve[0], twelve[11]), (12, 0, 297));
        assert!(twelve.is_sorted() && twelve.windows(2).all(|pair| (24..=30).contains(&(pair[1] - pair[0]))));
        for wanted in [0, 3, 150, 294, 297] {
            let places = spread(&all, 12, Some(wanted));
            assert!(places.len() == 12 && places.contains(&wanted), "{wanted}: {places:?}");
            assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{places:?}");
        }
        assert_eq!(spread(&all, 12, Some(1)), twelve, "who is not among them changes nothing");
        assert_eq!(spread(&all[..12], 12, Some(3)), all[..12]);
    }
}
