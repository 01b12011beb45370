//! Takes the picture of the README from the page that `cargo xtask picture` serves.

use std::path::PathBuf;

use anyhow::{Context, Result};

fn main() -> Result<()> {
    let file = std::env::args_os().nth(1).map(PathBuf::from).context("which file?")?;
    browser_tests::take_picture("", browser_tests::WINDOW, &file)?;
    println!("wrote {}", file.display());
    Ok(())
}
