//! See `any_input::table`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| any_input::table(bytes));
