//! Takes the pictures of the README and of links to the page from the page that `cargo xtask picture` serves.

use std::path::Path;

use anyhow::Result;

/// Of the README.
const README: &str = "docs/picture.png";
/// What other sites show beside a link (index.html, `og:image`), and its size in CSS pixels.
const SHARED: &str = "web/share.png";
const SHARED_SIZE: (u32, u32) = (1200, 630);

fn main() -> Result<()> {
    browser_tests::take_picture("", browser_tests::WINDOW, "", Path::new(README))?;
    println!("wrote {README}");
    let poster = include_str!("poster.js");
    browser_tests::take_picture("#/regions?embed=on", SHARED_SIZE, poster, Path::new(SHARED))?;
    println!("wrote {SHARED}");
    Ok(())
}
