//! Chapters 14 and 15: when it pays.

use crate::lab::Preset;
use crate::lecture::{Ask, Chapter, Question, Step, answers};

pub(super) const PER_REGION: Chapter = Chapter {
    title: "When will Bayes beat a per-region estimator?",
    link: "#/when",
    panel: "map",
    words: &[
        "James–Stein inside each region shrinks by about 1 − V_y/(V_μ + V_y), as Bayes does. So where is the difference? The map shows the ratio of the two expected errors over the size of regions and how alike their schools are.",
        "The bar below takes the gain apart: from no pooling to James–Stein in each region, to a variance learned from all regions, to knowing it, to sharing the region means.",
        "Both come to the MLE as n grows, if n counts the observations of a school. With more schools in a region they come to each other instead.",
    ],
    formulas: &[
        r"\hat\mu_i^{\mathrm{JS}} - \bar y_k \approx \left(1 - \frac{V_y}{V_\mu + V_y}\right)(y_i - \bar y_k)",
        r"\text{lost to guessing } B \text{ in each region: } 3K\,B\,V_y",
    ],
    scenes: &[
        Preset { label: "The lecture’s schools", link: "#/when" },
        Preset { label: "Small, noisy, alike regions", link: "#/when?k=8&size=5&v_mu=0.25&v_theta=0.5" },
    ],
    handles: &["size", "v_mu", "v_theta"],
    steps: &[
        Step {
            panel: "map",
            thought: "Blue: Bayes is better. It pays where regions are small and their schools alike.",
            scene: 0,
        },
        Step {
            panel: "gain",
            thought: "Where the gain comes from, step by step, for the lecture’s schools.",
            scene: 0,
        },
        Step {
            panel: "gain",
            thought: "The same for small, noisy regions that are alike: every step matters.",
            scene: 1,
        },
    ],
    question: Some(Question {
        text: "Beyond James–Stein in each region, which step will gain most here?",
        ask: Ask::Pick {
            options: &["learning V_μ from all regions", "being told V_μ", "sharing the region means"],
        },
        answer: answers::largest_step,
        covers: &["gain"],
        why: "Each region alone must guess its own share to shrink by; learning it from all of them removes most of that guesswork, and region means matter only where regions are alike.",
        is_exact: true,
    }),
};

pub(super) const USEFUL: Chapter = Chapter {
    title: "When are Bayesian models useful?",
    link: "#/regions?sizes=6,6,6,6&sd_theta=1",
    panel: "race",
    words: &[
        "When there is little to go by: few schools in each region. When it is uneven: some regions have few schools or noisier measurements, and those borrow most. When what is in the middle can be shared: a variance such as V_μ, learned once for all regions.",
        "Each button sets one of these cases. Watch how the lead of full Bayes over an estimator that sees one region at a time changes.",
    ],
    formulas: &[
        r"\text{gain from sharing means: } \sum_k n_k B^2 \frac{\tau_k^2}{\tau_k + V_\theta}",
        r"\tau_k = \frac{V_\mu + V_y}{n_k}",
    ],
    scenes: &[
        Preset { label: "Few schools", link: "#/regions?sizes=6,6,6,6&sd_theta=1" },
        Preset {
            label: "Some regions with few schools",
            link: "#/regions?sizes=25,10,4,3,2&sd_theta=2&seed=11",
        },
        Preset { label: "One noisy region", link: "#/regions?sd_theta=2&sigma=3&m=9,9,9,1&seed=8" },
        Preset { label: "V_μ learned from all", link: "#/regions?th=normal&mu=normal&sampler=nuts-nc" },
    ],
    handles: &["sd_theta", "sd_mu", "sigma"],
    steps: &[
        Step {
            panel: "race",
            thought: "Few schools in each region: alone, none can tell how much to shrink.",
            scene: 0,
        },
        Step {
            panel: "forest",
            thought: "Some regions with few schools: they lean on the others, as far as the regions are alike.",
            scene: 1,
        },
        Step {
            panel: "forest",
            thought: "One region measured with more noise: its schools move furthest.",
            scene: 2,
        },
        Step {
            panel: "scales",
            thought: "The SDs are unknown too: all regions together tell what none could tell alone.",
            scene: 3,
        },
    ],
    question: Some(Question {
        text: "On average, how much of the error of James–Stein in each region does full Bayes save here?",
        ask: Ask::Bar { min: -20.0, max: 100.0, step: 1.0, unit: " %" },
        answer: answers::saved_over_james_stein,
        covers: &["race"],
        why: "James–Stein pays for guessing its share and its center in every region anew; the smaller the regions, the more that costs.",
        is_exact: true,
    }),
};
