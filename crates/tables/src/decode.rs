//! Bytes of a file as text.

use crate::Problem;

/// The text of a file: UTF-8, or UTF-16 as some spreadsheets write it, told by its byte-order mark.
///
/// # Errors
/// The row of the first byte that is not UTF-8, if the first line holds the names of the columns.
pub fn decode(bytes: &[u8]) -> Result<String, Problem> {
    let units = |of: fn([u8; 2]) -> u16| {
        let pairs = bytes[2..].chunks(2).map(move |pair| of([pair[0], pair.get(1).copied().unwrap_or(0)]));
        String::from_utf16_lossy(&pairs.collect::<Vec<_>>())
    };
    match bytes {
        [0xff, 0xfe, ..] => Ok(units(u16::from_le_bytes)),
        [0xfe, 0xff, ..] => Ok(units(u16::from_be_bytes)),
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
                let above = &bytes[..error.valid_up_to()];
                let is_end = |byte: &&u8| **byte == b'\n';
                let row = above.iter().filter(is_end).count();
                let what = "a character is not encoded as UTF-8; save the file as “CSV UTF-8”".to_owned();
                Problem { row, column: None, what }
            })
        }
    }
}
