//! The labs and chapters that this program can show.
//!
//! Natively these are all of them, always. The page begins with the start page alone and adds the rest when it has
//! come: what one program file names, another need not carry.

use crate::lab::Lab;
use crate::lecture::{CHAPTERS, Chapter};
use crate::own::{IN_LINKS, InLinks};
#[cfg(any(test, target_family = "wasm"))]
use crate::registry::START;
use crate::registry::{NUM_LABS, SHOWN};

/// Labs, each at its place in [`LABS`](crate::LABS), and chapters of the lecture.
pub struct Library {
    labs: [Option<&'static dyn Lab>; NUM_LABS],
    chapters: &'static [Chapter],
    /// What reads and writes tables of the reader's own in links, for labs that take such.
    pub(crate) tables: Option<&'static InLinks>,
}

/// All labs, and the lecture.
pub static WHOLE: Library = Library {
    labs: {
        let mut labs = [None; NUM_LABS];
        let mut lab = 0;
        while lab < NUM_LABS {
            labs[lab] = Some(SHOWN[lab]);
            lab += 1;
        }
        labs
    },
    chapters: CHAPTERS,
    tables: Some(&IN_LINKS),
};

/// The lab that opens where no link names one.
#[cfg(any(test, target_family = "wasm"))]
pub(crate) static START_PAGE: Library = Library {
    labs: {
        let mut labs = [None; NUM_LABS];
        labs[START] = Some(SHOWN[START]);
        labs
    },
    chapters: &[],
    tables: None,
};

impl Library {
    /// Lab `lab` of the registry; `None` if it is not in here.
    #[must_use]
    pub fn lab(&self, lab: usize) -> Option<&'static dyn Lab> {
        self.labs.get(lab).copied().flatten()
    }

    /// Chapter `chapter` of the lecture; `None` if it is not in here.
    #[must_use]
    pub fn chapter(&self, chapter: usize) -> Option<&'static Chapter> {
        self.chapters.get(chapter)
    }
}

#[cfg(target_family = "wasm")]
static ADDED: std::sync::OnceLock<&'static Library> = std::sync::OnceLock::new();

/// From now on this program can show all that is in `library`; natively it always can.
pub fn add(library: &'static Library) {
    // The first one counts: there is one whole library.
    #[cfg(target_family = "wasm")]
    let _ = ADDED.set(library);
    #[cfg(not(target_family = "wasm"))]
    let _ = library;
}

/// What this program can show.
#[must_use]
pub fn library() -> &'static Library {
    #[cfg(target_family = "wasm")]
    return ADDED.get().copied().unwrap_or(&START_PAGE);
    #[cfg(not(target_family = "wasm"))]
    return &WHOLE;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lecture::NUM_CHAPTERS;
    use crate::registry::{LABS, NAMES};

    #[test]
    fn the_start_page_takes_no_tables() {
        // Else a link to it would need what reads them.
        let start = START_PAGE.lab(START).unwrap();
        assert!(!start.controls().iter().any(|control| matches!(control.kind, crate::Kind::Table(_))));
    }

    #[test]
    fn natively_everything_is_there() {
        for (index, (of_lab, name)) in LABS.iter().zip(&NAMES).enumerate() {
            let found = library().lab(index).unwrap();
            assert_eq!(found.meta().name.slug, of_lab.meta().name.slug);
            assert_eq!(found.meta().name.slug, name.slug);
        }
        assert!(library().lab(NUM_LABS).is_none());
        assert!(library().chapter(NUM_CHAPTERS - 1).is_some() && library().chapter(NUM_CHAPTERS).is_none());
    }
}
