//! A QR code as one path.

use std::fmt::Write;

use crate::words;
use qrcodegen::{QrCodeEcc, QrSegment, Version};
use yew::prelude::*;

/// Version up to which a code is easily scanned from the back row: 41 modules wide. It holds 106 bytes at
/// error correction M and 134 at L.
const EASY: u8 = 6;
/// White around the code, in modules, as ISO/IEC 18004 asks for.
const QUIET: i32 = 4;

/// Properties of [`QrCode`].
#[derive(Clone, PartialEq, Properties)]
pub struct QrProps {
    /// What it says.
    pub text: AttrValue,
}

/// The code, as large as its place; a sentence if the text is too long for one.
#[component]
pub fn QrCode(props: &QrProps) -> Html {
    let code = use_memo(props.text.clone(), |text| path_of(text));
    match code.as_ref() {
        Some((path, size)) => html! {
            <svg class="qr" viewBox={format!("0 0 {size} {size}")} role="img" aria-label={words::share::QR_CODE} shape-rendering="crispEdges" data-size={size.to_string()}>
                <rect width="100%" height="100%" fill="#fff" />
                <path d={path.clone()} fill="#000" />
            </svg>
        },
        None => html! { <p class="help">{ words::share::TOO_LONG }</p> },
    }
}

/// The dark modules as a path, and the width of the whole in modules; `None` if the text does not fit.
fn path_of(text: &str) -> Option<(AttrValue, i32)> {
    let segments = QrSegment::make_segments(text);
    let encode = |level, most, boost| {
        qrcodegen::QrCode::encode_segments_advanced(&segments, level, Version::MIN, most, None, boost).ok()
    };
    // Few large modules before much correction.
    let code = encode(QrCodeEcc::Medium, Version::new(EASY), true)
        .or_else(|| encode(QrCodeEcc::Low, Version::new(EASY), true))
        .or_else(|| encode(QrCodeEcc::Low, Version::MAX, true))?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let width = x - start;
                // Writing to a string cannot fail.
                let _ = write!(path, "M{} {}h{width}v1h-{width}z", start + QUIET, y + QUIET);
            }
            x += 1;
        }
    }
    Some((path.into(), code.size() + 2 * QUIET))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that a code of [`EASY`] holds at error correction M.
    const MOST: usize = 106;

    #[test]
    fn every_preset_and_chapter_makes_a_code_of_large_modules() {
        // As long as an address of a project's page may well be.
        let address = format!("https://{}/", "x".repeat(31));
        assert_eq!(address.len(), 40);
        let presets =
            labs::LABS.iter().flat_map(|lab| lab.meta().presets).map(|preset| preset.link.to_owned());
        let chapters = labs::lecture::CHAPTERS.iter().enumerate().flat_map(|(index, chapter)| {
            let scenes = chapter.scenes.iter().map(|scene| scene.link.to_owned());
            scenes.chain([format!("#/lecture/{}", index + 1), chapter.link.to_owned()])
        });
        for link in presets.chain(chapters) {
            assert!(address.len() + link.len() <= MOST, "{link}: {} bytes", address.len() + link.len());
            let (path, size) = path_of(&format!("{address}{link}")).expect("it fits");
            assert!(size <= 41 + 2 * QUIET && path.len() > 1000, "{link}: {size} modules");
        }
        assert!(path_of(&"x".repeat(3000)).is_none());
    }
}
