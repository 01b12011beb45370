//! The words of the field, each explained in a sentence or two, and where they stand in a text.

mod words;

pub use words::GLOSSARY;

/// A word with its explanation.
#[derive(Debug)]
pub struct Entry {
    /// The ways in which it is written in the labs, in lower case but for names.
    pub forms: &'static [&'static str],
    /// What it is.
    pub text: &'static str,
}

const fn entry(forms: &'static [&'static str], text: &'static str) -> Entry {
    Entry { forms, text }
}

/// A stretch of a text.
#[derive(Clone, Copy, Debug)]
pub enum Piece<'a> {
    /// Ordinary words.
    Plain(&'a str),
    /// A word that is explained.
    Term(&'a str, &'static Entry),
}

/// Which words were met so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen(u64);

const _: () = assert!(GLOSSARY.len() <= 64, "one bit a word");

/// `text` in pieces, in order and without a gap. A word is a term where it is first met, as `seen` tells.
pub fn marked<'a>(text: &'a str, seen: &mut Seen) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let (mut plain_from, mut at) = (0, 0);
    let mut before = None;
    while let Some(letter) = text[at..].chars().next() {
        // All words of the glossary begin with a letter of ASCII.
        let is_start = letter.is_ascii_alphabetic() && !before.is_some_and(is_within_word);
        let found = if is_start { longest(&text[at..]) } else { None };
        if let Some((index, length)) = found {
            if seen.0 & (1 << index) == 0 {
                seen.0 |= 1 << index;
                if plain_from < at {
                    pieces.push(Piece::Plain(&text[plain_from..at]));
                }
                pieces.push(Piece::Term(&text[at..at + length], &GLOSSARY[index]));
                plain_from = at + length;
            }
            // Also a word met before is passed whole: no shorter one stands within it.
            before = text[..at + length].chars().next_back();
            at += length;
        } else {
            before = Some(letter);
            at += letter.len_utf8();
        }
    }
    if plain_from < text.len() {
        pieces.push(Piece::Plain(&text[plain_from..]));
    }
    pieces
}

/// Whether a letter beside a word makes it a longer word. A hyphen does: "non-centered" is not "centered".
fn is_within_word(letter: char) -> bool {
    let is_digit = letter.is_ascii_digit() || matches!(letter, '²' | '³' | '¹' | '⁰'..='₉');
    is_letter(letter) || is_digit || matches!(letter, '-' | '–' | '_')
}

/// Whether a character is a letter: coarser beyond ASCII than [`char::is_alphabetic`], whose tables are a kilobyte
/// or two of the page.
pub(crate) fn is_letter(letter: char) -> bool {
    let is_beyond_ascii = matches!(letter, 'ª' | 'º' | 'À'..='\u{1fff}' | 'ₐ'..='ₜ' | 'ℂ'..='ⅿ' | '\u{2c00}'..='\u{2dff}' | '\u{3040}'..='\u{d7ff}');
    letter.is_ascii_alphabetic() || is_beyond_ascii && !matches!(letter, '×' | '÷')
}

/// The longest form with which `text` begins, as the index of its word and its length in bytes.
fn longest(text: &str) -> Option<(usize, usize)> {
    let forms = GLOSSARY
        .iter()
        .enumerate()
        .flat_map(|(index, word)| word.forms.iter().map(move |form| (index, *form)));
    forms
        .filter(|(_, form)| begins_with(text, form))
        .map(|(index, form)| (index, form.len()))
        .max_by_key(|(_, length)| *length)
}

/// Whether the word `form` stands at the beginning of `text`, perhaps with a capital letter.
fn begins_with(text: &str, form: &str) -> bool {
    let Some(start) = text.get(..form.len()) else { return false };
    let is_equal = match (start.get(..1), form.get(..1)) {
        (Some(a), Some(b)) => a.eq_ignore_ascii_case(b) && start[1..] == form[1..],
        _ => start == form,
    };
    is_equal && !text[form.len()..].chars().next().is_some_and(is_within_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<&str> {
        let term = |piece| match piece {
            Piece::Term(word, _) => Some(word),
            Piece::Plain(_) => None,
        };
        marked(text, &mut Seen::default()).into_iter().filter_map(term).collect()
    }

    #[test]
    fn whole_words_are_found_the_longest_first_and_once() {
        assert_eq!(terms("Prior times likelihood is the posterior."), ["Prior", "likelihood", "posterior"]);
        assert_eq!(terms("Empirical Bayes beats Bayes, and Bayes"), ["Empirical Bayes", "Bayes"]);
        assert_eq!(
            terms("NUTS, non-centered, and centered; uncentered"),
            ["NUTS", "non-centered", "centered"]
        );
        assert_eq!(terms("priority, riskier, pre-posterior, Bayesian"), [] as [&str; 0]);
        assert_eq!(terms("James–Stein, positive part"), ["James–Stein", "positive part"]);
        assert_eq!(terms("μ prior√ ESS"), ["prior", "ESS"]);
    }

    #[test]
    fn pieces_make_up_the_text_and_seen_goes_from_text_to_text() {
        let text = "The risk of “shrinkage”: a prior’s risk – ohne Ende…";
        let mut seen = Seen::default();
        let whole: String = marked(text, &mut seen)
            .into_iter()
            .map(|piece| match piece {
                Piece::Plain(words) | Piece::Term(words, _) => words,
            })
            .collect();
        assert_eq!(whole, text);
        assert!(marked("Risk again", &mut seen).iter().all(|piece| matches!(piece, Piece::Plain(_))));
    }

    #[test]
    fn every_form_leads_to_its_own_short_sentence() {
        for word in GLOSSARY {
            assert!(word.text.ends_with('.') && word.text.chars().count() <= 200, "{}", word.text);
            for form in word.forms {
                match marked(form, &mut Seen::default()).as_slice() {
                    [Piece::Term(found, entry)] => assert_eq!((*found, entry.text), (*form, word.text)),
                    other => panic!("{form}: {other:?}"),
                }
            }
        }
    }
}
