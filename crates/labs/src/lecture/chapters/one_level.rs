//! Chapters 3 to 6: many means, one prior.

use crate::lab::Preset;
use crate::lecture::{Ask, Chapter, Question, Step, answers};

pub(super) const MODEL: Chapter = Chapter {
    title: "A simple hierarchical model",
    link: "#/one-prior",
    panel: "close-up",
    words: &[
        "Now there are fifty means, each measured once with noise of variance 1. They come from one population, N(0, A), and that population is the prior of each of them. Here A is a variance.",
        "Knowing A, prior times likelihood gives each mean its posterior. All are pulled toward 0 by the same share, 1/(A + 1): Efron and Morris read Stein’s estimator this way in 1973.",
    ],
    formulas: &[
        r"y_i \sim \mathrm{N}(\mu_i, 1)",
        r"\mu_i \sim \mathrm{N}(0, \sigma^2 = A)",
        r"\hat\mu_i^{\mathrm{Bayes}} = \left(1 - \frac{1}{A+1}\right) y_i",
    ],
    scenes: &[],
    handles: &["a", "n", "seed"],
    steps: &[
        Step {
            panel: "close-up",
            thought: "One of the fifty: the population is its prior, its measurement the likelihood.",
            scene: 0,
        },
        Step {
            panel: "parabola",
            thought: "Take away nothing, take away all: the least error lies between, and Bayes stands close to it.",
            scene: 0,
        },
    ],
    question: None,
};

pub(super) const NUMBERS: Chapter = Chapter {
    title: "Let’s plug in some numbers",
    link: "#/one-prior",
    panel: "slopes",
    words: &[
        "Every line is one of fifty measurements: where it was measured above, where Bayes puts it below. With A = 1 the truths vary as much as the noise does; with A = 9 the noise is small beside them.",
        "The same formula, two very different pictures. Drag A and see the lines turn from a fan into a comb.",
    ],
    formulas: &[
        r"\hat\mu_i = \left(1 - \frac{1}{A+1}\right) y_i",
        r"A = 1:\ \tfrac{1}{2}\, y_i \qquad A = 9:\ \tfrac{9}{10}\, y_i",
    ],
    scenes: &[
        Preset { label: "A = 1", link: "#/one-prior" },
        Preset { label: "A = 9", link: "#/one-prior?a=9" },
    ],
    handles: &["a", "n", "seed"],
    steps: &[
        Step {
            panel: "slopes",
            thought: "A = 1: noise and truth vary alike. How far in do the lines run?",
            scene: 0,
        },
        Step {
            panel: "slopes",
            thought: "A = 9: the measurements are nearly right already, and Bayes leaves them nearly alone.",
            scene: 1,
        },
    ],
    question: Some(Question {
        text: "What share of each measurement does Bayes take away, with the A that is set?",
        ask: Ask::Bar { min: 0.0, max: 100.0, step: 1.0, unit: " %" },
        answer: answers::removed_by_bayes,
        covers: &["slopes", "parabola", "close-up"],
        why: "Of all the variance that one sees, A + 1, the noise makes 1; that share, 1/(A + 1), is taken away.",
        is_exact: true,
    }),
};

pub(super) const UNKNOWN: Chapter = Chapter {
    title: "What if A is not known?",
    link: "#/james-stein",
    panel: "slopes",
    words: &[
        "A was given so far. James and Stein do without: the measurements have variance A + 1, so their mean square tells A + 1, and what is told can be plugged in.",
        "Z is the sum of squares over n − 2. Its reading is not A + 1 but near it, and the nearer the more measurements there are. Draw new data and see it wander; then give it ten measurements and see it stagger.",
    ],
    formulas: &[
        r"\hat\mu_i^{\mathrm{JS}} = \left(1 - \frac{1}{Z}\right) y_i",
        r"Z = \frac{1}{n-2}\sum_i y_i^2 \approx A + 1",
    ],
    scenes: &[],
    handles: &["a", "n", "seed"],
    steps: &[
        Step {
            panel: "slopes",
            thought: "Nobody told this estimator what A is. It read it off the fifty measurements.",
            scene: 0,
        },
        Step {
            panel: "losses",
            thought: "Reading A costs little: James–Stein stands close to Bayes, who was told.",
            scene: 0,
        },
    ],
    question: Some(Question {
        text: "With A = 1, Bayes takes away half of each measurement. James–Stein must guess A from these data: what share does it take?",
        ask: Ask::Bar { min: 0.0, max: 100.0, step: 1.0, unit: " %" },
        answer: answers::removed_by_james_stein,
        covers: &["slopes", "losses"],
        why: "It takes 1/Z, and Z is the mean square of the measurements: as many as there are, so near it comes to A + 1.",
        is_exact: false,
    }),
};

pub(super) const TRIED: Chapter = Chapter {
    title: "Let’s try this out",
    link: "#/james-stein",
    panel: "boxes",
    words: &[
        "A hundred data sets, each with fifty measurements, and the root mean squared error of each rule in each of them. The dashed rule is √A, about what the naive guess 0 errs by.",
        "With A = 1 James–Stein wins nearly always. With A = 9 there is little to gain. With A = 0.1 it still beats the MLE by far, but the guess 0 is better yet: who would shrink everything loses little where there is little to see.",
    ],
    formulas: &[
        r"\mathrm{RMSE} = \sqrt{\tfrac{1}{n} \sum_i (\hat\mu_i - \mu_i)^2}",
        r"\mathrm{E}\,\textstyle\sum_i (\hat\mu_i^{\mathrm{JS}} - \mu_i)^2 = \frac{nA + 2}{A + 1}",
    ],
    scenes: &[
        Preset { label: "A = 1", link: "#/james-stein" },
        Preset { label: "A = 9", link: "#/james-stein?a=9" },
        Preset { label: "A = 0.1", link: "#/james-stein?a=0.1" },
    ],
    handles: &["a", "n", "repeats"],
    steps: &[
        Step {
            panel: "boxes",
            thought: "A = 1: a hundred data sets, and James–Stein is below the MLE in nearly all of them.",
            scene: 0,
        },
        Step {
            panel: "boxes",
            thought: "A = 9: the truths lie far apart, and there is little to gain.",
            scene: 1,
        },
        Step {
            panel: "boxes",
            thought: "A = 0.1: the naive 0 does better than James–Stein, which is still far better than the MLE.",
            scene: 2,
        },
        Step {
            panel: "running",
            thought: "Averages over data sets settle on the exact risk, the dashed line.",
            scene: 2,
        },
    ],
    question: Some(Question {
        text: "A hundred data sets. How large is James–Stein’s typical error, in per cent of the MLE’s?",
        ask: Ask::Bar { min: 0.0, max: 150.0, step: 1.0, unit: " %" },
        answer: answers::error_of_james_stein,
        covers: &["boxes", "running", "losses", "chances"],
        why: "Its mean squared error is near A/(A + 1) where the MLE has 1, and the error compared here is the root of that.",
        is_exact: false,
    }),
};
