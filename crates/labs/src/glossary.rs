//! The words of the field, each explained in a sentence or two, and where they stand in a text.

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

/// All words.
pub const GLOSSARY: &[Entry] = &[
    entry(
        &["shrinkage", "shrink", "shrinks"],
        "Moving an estimate from the measurement toward a center. The share of the way is B: 0 leaves the measurement, 1 leaves only the center.",
    ),
    entry(
        &["partial pooling"],
        "Between each for itself and all as one: every unit is drawn toward the mean of its group, the less precisely it is measured the further.",
    ),
    entry(&["complete pooling"], "All units of a group get one estimate: the mean of the group."),
    entry(&["no pooling"], "Every unit is estimated from its own measurement alone."),
    entry(&["pooling", "pooled"], "Letting units of a group lend each other what was measured."),
    entry(
        &["MLE", "maximum likelihood"],
        "Maximum likelihood estimate: the value under which the data are most probable. Here it is the measurement itself.",
    ),
    entry(
        &["James–Stein", "James and Stein"],
        "An estimator that reads off the data how much to shrink. With three or more means it has a smaller expected total squared error than the measurements, whatever the truth.",
    ),
    entry(
        &["positive part", "positive parts"],
        "James–Stein that never shrinks beyond the center: a factor below 0 is taken as 0. Always at least as good.",
    ),
    entry(&["empirical Bayes"], "Bayes’ rule with a prior whose variance is estimated from the same data."),
    entry(
        &["Bayes"],
        "The mean of the posterior: what to expect of the truth after the measurement, given the prior.",
    ),
    entry(&["prior"], "What is taken to be plausible before the measurement, as a distribution."),
    entry(
        &["posterior"],
        "What is plausible after the measurement, as a distribution: prior times likelihood, scaled to area 1.",
    ),
    entry(&["likelihood"], "How probable the data are, as a function of the unknown value."),
    entry(
        &["R-hat"],
        "Compares the spread between the chains with that within them. Near 1 they have found the same distribution; above 1.01 they have not.",
    ),
    entry(
        &["ESS", "effective sample size", "bulk ESS", "tail ESS"],
        "Effective sample size: how many independent draws would be worth as much as these, which hang together.",
    ),
    entry(
        &["divergence", "divergences", "divergent"],
        "A step of the sampler whose energy went wrong by far: it met a curve sharper than its step. The draws then miss a part of the posterior.",
    ),
    entry(
        &["funnel"],
        "A posterior that gets narrow where an SD is near 0: a sampler with one step size is too bold in its neck and too slow in its mouth.",
    ),
    entry(
        &["non-centered"],
        "Sampling how many SDs a unit is off its center, not where it is. It straightens the funnel where data are few.",
    ),
    entry(&["centered"], "Sampling the values of the units themselves. Best where the data are many."),
    entry(
        &["risk", "risks"],
        "Expected squared error: the loss averaged over all data sets of the same kind.",
    ),
    entry(&["RMSE"], "Root mean squared error: the typical error, in the unit of the data."),
    entry(
        &["squared error", "total squared error"],
        "The distance from estimate to truth, squared; in total summed over all units.",
    ),
    entry(
        &["coverage"],
        "How often an interval holds the truth. One of 95 % should do so in 95 of 100 data sets.",
    ),
    entry(
        &["standard error", "standard errors"],
        "SD of a measurement about its truth: how far it may be off by chance.",
    ),
    entry(&["NUTS"], "No-U-turn sampler: follows the slope of the posterior in long curves. Stan’s own."),
    entry(&["Gibbs"], "A sampler that draws each variable in turn, given all others."),
    entry(&["Metropolis"], "A sampler that proposes a random step and takes it if the posterior allows."),
    entry(&["warmup"], "The iterations in which a sampler finds its place and its step size; not kept."),
    entry(&["leapfrog steps", "leapfrog step"], "The small steps of which a curve of the sampler is made."),
    entry(
        &["half-Cauchy"],
        "A prior of an SD: most near 0, and a tail so heavy that large values stay possible.",
    ),
    entry(&["half-normal"], "A prior of an SD: the positive half of a normal distribution."),
    entry(&["oracle"], "The best choice of who knows the truth: a bound, not an estimator."),
    entry(&["region mean", "group mean"], "The mean of all units of a region, used for each of them."),
    entry(&["grand mean"], "The mean of all units."),
    entry(&["naive 0", "naive zero", "naive guess 0"], "The guess 0 for every unit, whatever was measured."),
    entry(
        &["limited translation"],
        "Shrinking, but never further than a given distance: insurance for a unit that is not like the others.",
    ),
];

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
        let is_start = letter.is_alphabetic() && !before.is_some_and(is_within_word);
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
    letter.is_alphanumeric() || matches!(letter, '-' | '–' | '_')
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
