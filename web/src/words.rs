//! What the page itself says: its header, buttons, dialogs and messages, and what is read aloud of them.
//!
//! What a lab says stands in the `words` of that lab. Keys, class names and names of the browser are not words.

/// The page itself, its header and its messages.
pub(crate) mod page {
    pub(crate) const RELOAD: &str = "Reload";
    pub(crate) const NAME: &str = "Shrinkage Lab";
    pub(crate) const TO_LIGHT: &str = "Switch to light colors";
    pub(crate) const TO_DARK: &str = "Switch to dark colors";
    pub(crate) const LABS: &str = "Labs";
    pub(crate) const WHOLE_LECTURE: &str = "The whole lecture, chapter by chapter.";
    pub(crate) const LECTURE: &str = "Lecture";
    pub(crate) const OPEN_WHOLE: &str = "Open in Shrinkage Lab";
    pub(crate) const DISMISS: &str = "Dismiss this message";
    pub(crate) const UPDATE: &str = "A new version is ready.";
    pub(crate) const UPDATE_LOSES_TABLE: &str = " Your table will have to be opened again.";
    pub(crate) const NO_ANNEX: &str =
        "This part of the page could not be loaded. Check the connection and try again.";
    pub(crate) const SIMULATED: &str = "Simulated so far";
    pub(crate) const STOP: &str = "Stop";
    pub(crate) const CLOSE: &str = "Close";
    pub(crate) const CANNOT_COPY: &str = "Not allowed here: select and copy";
    pub(crate) const MARKS: &str = "Marks in the pictures";

    /// The title of the window.
    pub(crate) fn window_title(title: &str) -> String {
        format!("{title} · {NAME}")
    }
}

/// Controls of a lab.
pub(crate) mod controls {
    pub(crate) const MODEL: &str = "The model";
    pub(crate) const EXAMPLES: &str = "Examples";
    pub(crate) const RESET: &str = "Reset";
    pub(crate) const PAUSE: &str = "Pause";
    pub(crate) const PLAY: &str = "Play";
    pub(crate) const ALL: &str = "all";
    pub(crate) const CLEAR: &str = "Clear";
    pub(crate) const PUT_BACK: &str = "Put back";
    /// Of units that could be dragged.
    pub(crate) const UNMOVED: &str = "none";
    pub(crate) const AS_LIST: &str = "as a list";
    pub(crate) const OF_LECTURE: &str = "the lecture’s";
    /// The label of the field beside a slider.
    pub(crate) fn as_number(label: &str) -> String {
        format!("{label}, as a number")
    }

    pub(crate) fn as_numbers(label: &str) -> String {
        format!("{label}, one or several numbers")
    }

    /// How unequal counts are read out.
    pub(crate) fn unequal(text: &str) -> String {
        format!("unequal: {text}")
    }

    pub(crate) fn as_sizes(label: &str) -> String {
        format!("{label}, as a list such as 10,3,25 or 20x5")
    }

    pub(crate) fn in_all(total: usize) -> String {
        format!("{total} in all")
    }

    /// What a picture of many sizes shows.
    pub(crate) fn sizes(num_groups: usize, least: usize, most: usize) -> String {
        format!("{num_groups} sizes from {least} to {most}")
    }

    /// - `count`: units that were moved besides those named.
    pub(crate) fn more_moved(count: usize) -> String {
        format!("{count} more")
    }
}

/// The reader’s own data.
pub(crate) mod table {
    pub(crate) const TEXT: &str = "The text";
    pub(crate) const CHOOSE_FILE: &str = "Choose a file, or drop one here";
    pub(crate) const NOT_IN_LINK: &str = "The link does not carry these data: they are too long for one. They stay in this page until it is closed.";
    pub(crate) const PASTED: &str = "What was pasted";
    pub(crate) const LEFT_OUT: &str =
        "Rows with a fault are left out; your text stays as it is. Rows are counted below the names.";
    pub(crate) const COLUMNS: &str = "Columns";
    pub(crate) const HAS_HEADER: &str = "The first line holds names";
    pub(crate) const LARGE_FILE: &str = "the file is larger than 50 MB";
    pub(crate) const NO_FILE: &str = "the browser cannot read the file";

    /// - `what`: the name of a file, or [`TEXT`].
    pub(crate) fn too_long(what: &str) -> String {
        format!("{what}: too long to be shown here.")
    }

    /// After a sentence about what is wrong.
    pub(crate) fn stays(what: &str) -> String {
        format!("{what} What was there stays.")
    }

    pub(crate) fn rows_used(what: &str, used: usize, num_rows: usize) -> String {
        format!("{what}: {used} of {num_rows} rows are used.")
    }

    pub(crate) fn more(more: usize) -> String {
        format!("And {more} more.")
    }
}

/// Pictures under the keyboard.
pub(crate) mod figure {
    pub(crate) const SCHOOLS: &str = "Arrow keys go from school to school; Escape lets go.";
    pub(crate) const UNITS: &str = "Arrow keys go from unit to unit; Escape lets go.";
    pub(crate) const MOVABLE_UNITS: &str =
        "Arrow keys go from unit to unit, with Shift they move it; Escape lets go.";
    pub(crate) const CELLS: &str = "Arrow keys go from cell to cell; Enter goes there, Escape lets go.";
}

/// Cards, and what can be taken away of them.
pub(crate) mod cards {
    pub(crate) const TABLE_AS_CSV: &str = "Table as CSV";
    pub(crate) const TABLE_AND_FILES: &str = "Table and files";
    pub(crate) const CLOSE_TABLE: &str = "Close the table";
    pub(crate) const AS_TABLE: &str = "Values as a table";
    pub(crate) const AS_CSV: &str = "Values as CSV";
    pub(crate) const AS_SVG: &str = "Picture as SVG";
    pub(crate) const AS_PNG: &str = "Picture as PNG";
    pub(crate) const BACK: &str = "Back";
    pub(crate) const ON: &str = "On";

    pub(crate) fn table_of(title: &str) -> String {
        format!("Table: {title}")
    }

    pub(crate) fn take_away(title: &str) -> String {
        format!("Take away: {title}")
    }

    pub(crate) fn values_of(title: &str) -> String {
        format!("Values of {title}")
    }

    /// - `first`: number of the first row shown, from 1.
    pub(crate) fn rows(first: usize, last: usize, all: usize) -> String {
        format!("Rows {first} to {last} of {all}")
    }
}

/// The sampler’s card.
pub(crate) mod sampler {
    pub(crate) const WARMING_UP: &str = "warming up";
    pub(crate) const GO_ON: &str = "Go on";
    pub(crate) const PAUSE: &str = "Pause";
    pub(crate) const STOP: &str = "Stop";
    pub(crate) const AGAIN: &str = "Sample again";
    pub(crate) const DONE: &str = "Iterations done";
    pub(crate) const MEANINGS: &str = "What these numbers mean";
    pub(crate) const RIVALS: &str = "On these data so far";
    pub(crate) const SAMPLER: &str = "Sampler";
    pub(crate) const TIME: &str = "Time";
    pub(crate) const ESS: &str = "ESS";
    pub(crate) const ESS_PER_SECOND: &str = "ESS per s";
    pub(crate) const FIRST_RUN: &str = "first run";
    pub(crate) const ALL_DRAWS: &str = "All draws as CSV";
    pub(crate) const DRAWS: &str = "draws";
}

/// A chapter of the lecture.
pub(crate) mod lecture {
    pub(crate) const CHAPTERS: &str = "Chapters";
    pub(crate) const WORDS: &str = "What this chapter says";
    pub(crate) const NEIGHBORS: &str = "Previous and next chapter";
    pub(crate) const PREVIOUS: &str = "Previous";
    pub(crate) const NEXT: &str = "Next";
    pub(crate) const PROGRAM: &str = "The model in Stan";
    pub(crate) const SCENES: &str = "Settings of this chapter";

    /// - `index`: of the chapter, from 0.
    pub(crate) fn eyebrow(index: usize, num_chapters: usize) -> String {
        format!("The lecture, chapter {} of {num_chapters}", index + 1)
    }
}

/// Questions before results.
pub(crate) mod predict {
    pub(crate) const HEAD: &str = "Before you look";
    pub(crate) const AGAIN: &str = "Ask me again";
    pub(crate) const SKIP: &str = "Just show me";
    pub(crate) const CANNOT: &str =
        "With these settings nobody can say: an estimator is not defined, or the truth is hidden.";
    pub(crate) const UNDER_WAY: &str = "The run is under way …";
    pub(crate) const MET: &str = "As you said.";
    pub(crate) const NOT_MET: &str = "Not quite as you said.";
    pub(crate) const YOU: &str = "You";
    pub(crate) const RUN: &str = "The run";
    pub(crate) const LESS: &str = "Less";
    pub(crate) const MORE: &str = "More";
    pub(crate) const GUESS: &str = "That is my guess";
    pub(crate) const VEIL: &str = "Predict first; then this picture appears.";
}

/// The projector.
pub(crate) mod present {
    pub(crate) const IS_BLANK: &str = "The screen is blank; press to show it";
    pub(crate) const TRUTH: &str = "Truth";
    pub(crate) const BLANK: &str = "Blank";
    pub(crate) const PREVIOUS: &str = "Previous step";
    pub(crate) const NEXT: &str = "Next step";
    pub(crate) const LEAVE: &str = "Leave";
    pub(crate) const ESC: &str = "Esc";
    pub(crate) const KEYS: &str = "Keys";
    pub(crate) const KEY_PRESENT: &str = "present, and leave";
    pub(crate) const KEY_STEP: &str = "step on, step back; a clicker does too";
    pub(crate) const KEY_TRUTH: &str = "hide or show the truth";
    pub(crate) const KEY_BLANK: &str = "blank the screen";
    pub(crate) const LETTERS: &str = "Letters are keys";
    pub(crate) const QUESTIONS: &str = "Questions before results";
    pub(crate) const PRESENT: &str = "Present";
    pub(crate) const KEY_LEAVE: &str = "leave";

    /// - `index`: of the chapter, from 0.
    pub(crate) fn chapter(index: usize, num_chapters: usize) -> String {
        format!("Chapter {} of {num_chapters}", index + 1)
    }

    /// - `step`: from 0.
    /// - `place`: the chapter, or the lab.
    pub(crate) fn step(step: u32, num_steps: u32, place: &str) -> String {
        format!("Step {} of {num_steps} · {place}", step + 1)
    }
}

/// Programs to take away.
pub(crate) mod code {
    pub(crate) const CODE: &str = "Code";
    pub(crate) const TITLE: &str = "Take it with you";
    pub(crate) const WRITING: &str = "Writing …";
    /// - `reason`: what stopped the worker, a sentence or the start of one.
    pub(crate) fn failed(reason: &str) -> String {
        let reason = reason.trim_end_matches('.');
        format!(
            "The programs could not be written ({reason}). Nothing is lost: open this again to try once more."
        )
    }
    pub(crate) const NONE: &str =
        "There are no programs for what is on screen: it waits for data, or this lab has none yet.";
    pub(crate) const ABOUT: &str = "The model and the data on screen, as programs of your own. At their end they print what the page says beside what they find.";
    pub(crate) const LANGUAGE: &str = "Language";
    pub(crate) const COPY: &str = "Copy";
    pub(crate) const COPIED: &str = "Copied";
    pub(crate) const DATA: &str = "Data as CSV";

    pub(crate) fn program_in(title: &str) -> String {
        format!("Program in {title}")
    }

    pub(crate) fn download(file: &str) -> String {
        format!("Download {file}")
    }

    /// Where a program looks for its data.
    pub(crate) fn reads(file: &str) -> String {
        format!("The program reads the data from {file}: download them into the same folder.")
    }
}

/// The link for others.
pub(crate) mod share {
    pub(crate) const SHARE: &str = "Share";
    pub(crate) const TITLE: &str = "Share what is on screen";
    pub(crate) const SMALLER: &str = "Smaller";
    pub(crate) const LARGER: &str = "For the back row";
    pub(crate) const LINK: &str = "Link";
    pub(crate) const COPY_LINK: &str = "Copy link";
    pub(crate) const LINK_COPIED: &str = "Link copied";
    pub(crate) const TABLE_TOO_LONG: &str = "Your table is too long for a link: send the file with it.";
    pub(crate) const ABOUT_LINK: &str =
        "It brings back these settings, these data and these draws, in any browser.";
    pub(crate) const EMBED: &str = "In a page or in slides";
    pub(crate) const COPY_CODE: &str = "Copy the code";
    pub(crate) const CODE_COPIED: &str = "Code copied";
    pub(crate) const ABOUT_EMBED: &str =
        "The picture with its main controls, for HTML, Quarto and reveal.js.";
    pub(crate) const FILES: &str = "Pictures as SVG and PNG and values as CSV: the arrow at every card. Data and model: the button Code.";
    pub(crate) const IS_KEPT: &str = "This browser keeps the page: it opens without a network too.";
    pub(crate) const FROM_FILE: &str = "This page is a file on this computer, so it has no address for others. Give them the file, and these settings:";
    pub(crate) const SETTINGS: &str = "Settings";
    pub(crate) const COPY_SETTINGS: &str = "Copy settings";
    pub(crate) const SETTINGS_COPIED: &str = "Settings copied";
    pub(crate) const ABOUT_SETTINGS: &str = "At the end of the address of any copy of the page, as a file or on the web, they bring back the same data and the same draws.";
    pub(crate) const QR_CODE: &str = "QR code of the link";
    pub(crate) const TOO_LONG: &str = "This link is too long for a QR code.";

    /// The title of the frame in another page.
    pub(crate) fn frame_title(title: &str) -> String {
        format!("{}: {title}", super::page::NAME)
    }
}

/// When the computing part of the page fails.
pub(crate) mod workers {
    pub(crate) const NO_WORKERS: &str =
        "This browser does not let the page start a worker, in which it computes.";
    pub(crate) const NOT_LOADED: &str =
        "The computing part of the page could not be loaded. Is the network there? Please reload.";
    pub(crate) const COULD_NOT_LOAD: &str = "it could not be loaded";
    pub(crate) const UPDATED: &str = "The page was updated while it was open; please reload it.";
    pub(crate) const NO_ANSWER: &str = "it did not answer";
    pub(crate) const NO_DRAWS: &str =
        "The draws of a chain could not be handed over; please reload the page.";

    /// - `reason`: a sentence without its full stop.
    pub(crate) fn stopped_twice(reason: &str) -> String {
        format!(
            "The computing part of the page stopped twice ({reason}). Your settings are kept in the address; please reload the page."
        )
    }

    /// - `panic`: what the fault says of itself.
    pub(crate) fn fault(panic: &str) -> String {
        format!("The worker stopped at a fault of its own ({panic}).")
    }
}
