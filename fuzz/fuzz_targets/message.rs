//! See `any_input::message`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| any_input::message(bytes));
