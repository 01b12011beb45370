//! Hands over millions of changed copies of the corpus: no search, but many times as fast as one.
//!
//! `cargo run -p any-input --example storm -- link 5000000 [seed] [folder]`; on a fault it writes `storm-<door>`, the
//! bytes that were not survived.

use std::path::PathBuf;
use std::{env, fs};

/// A generator of its own (xorshift64*): the same seed gives the same storm.
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let bits = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(bits).unwrap_or_default() % count.max(1)
    }
}

/// Longest input, in bytes.
const LONGEST: usize = 600;

fn main() -> std::io::Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let door = args.first().cloned().unwrap_or_else(|| "link".to_owned());
    let check: fn(&[u8]) = match &*door {
        "link" => any_input::link,
        "table" => any_input::table,
        "message" => any_input::message,
        other => panic!("no door is called {other}"),
    };
    let number = |index: usize, otherwise: u64| {
        args.get(index).map_or(otherwise, |text| text.parse().expect("a whole number"))
    };
    let (count, seed) = (number(1, 1_000_000), number(2, 1));
    let folder = args.get(3).map_or_else(|| PathBuf::from("fuzz/corpus").join(&door), PathBuf::from);
    let mut corpus = Vec::new();
    for file in fs::read_dir(folder)? {
        corpus.push(fs::read(file?.path())?);
    }
    corpus.sort();
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    for done in 1..=count {
        let input = changed(&corpus, &mut random);
        if std::panic::catch_unwind(|| check(&input)).is_err() {
            fs::write(format!("storm-{door}"), &input)?;
            panic!("not survived, after {done}: storm-{door}");
        }
        if done % 100_000 == 0 {
            println!("{door}: {done}");
        }
    }
    Ok(())
}

/// One input with one to four changes.
fn changed(corpus: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut input = corpus[random.below(corpus.len())].clone();
    for _ in 0..=random.below(4) {
        let at = random.below(input.len() + 1);
        let other = &corpus[random.below(corpus.len())];
        let start = random.below(other.len());
        let part = &other[start..(start + 1 + random.below(24)).min(other.len())];
        match random.below(6) {
            0 if at < input.len() => input[at] = u8::try_from(random.below(256)).unwrap_or_default(),
            1 if at < input.len() => input[at] ^= 1 << random.below(8),
            2 if at < input.len() => drop(input.drain(at..(at + 1 + random.below(12)).min(input.len()))),
            3 => drop(input.splice(at..at, part.iter().copied())),
            4 => drop(input.splice(at.., other[start.min(other.len())..].iter().copied())),
            _ => {
                let end = (at + part.len()).min(input.len());
                drop(input.splice(at..end, part.iter().copied()));
            }
        }
    }
    input.truncate(LONGEST);
    input
}
