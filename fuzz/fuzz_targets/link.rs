//! See `any_input::link`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| any_input::link(bytes));
