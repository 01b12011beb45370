//! Effects: one file for each thing outside. State in, side effect out; outside
//! event in, action out.

pub mod address_bar;
pub mod build_files;
pub mod clipboard;
pub mod download;
pub mod files;
pub mod full_screen;
pub mod keys;
pub mod theme;
pub mod updates;
pub mod workers;

/// The window of the page.
///
/// # Panics
/// Never on a page; workers have none.
#[must_use]
pub fn window() -> web_sys::Window {
    web_sys::window().expect("a page has a window")
}

/// The document of the page.
///
/// # Panics
/// Never on a page.
#[must_use]
pub fn document() -> web_sys::Document {
    window().document().expect("a window has a document")
}
