//! Chapters 1 and 2: one mean.

use crate::lab::Preset;
use crate::lecture::{Chapter, Step};

pub(super) const LIKELIHOOD: Chapter = Chapter {
    title: "What is a likelihood?",
    link: "#/likelihood",
    panel: "curves",
    words: &[
        "Five numbers were drawn around a mean that we pretend not to know, each with SD 1. For any mean one may ask how probable it makes each datum: that is the datum’s curve.",
        "The data are independent, so the answers multiply. The product, seen as a function of the mean, is the likelihood, and it is highest at the average of the data.",
        "Drag μ: every circle climbs its own curve, and the product tells how well they do together.",
    ],
    formulas: &[
        r"y_i \sim \mathrm{N}(\mu, 1)",
        r"L(\mu) = \prod_{i=1}^{n} \mathrm{N}(y_i \mid \mu, 1)",
        r"\hat\mu_{\mathrm{MLE}} = \bar y",
    ],
    scenes: &[],
    handles: &["mu", "n", "seed"],
    steps: &[
        Step {
            panel: "curves",
            thought: "Each datum rates every possible mean. Move μ and watch the five ratings.",
            scene: 0,
        },
        Step {
            panel: "product",
            thought: "Multiply the five: one peak is left, at the average of the data.",
            scene: 0,
        },
        Step {
            panel: "log",
            thought: "On the logarithmic scale the product is a sum, and the peak a parabola’s top.",
            scene: 0,
        },
    ],
    question: None,
};

pub(super) const PRIOR: Chapter = Chapter {
    title: "Prior times likelihood",
    link: "#/prior",
    panel: "together",
    words: &[
        "Before the data there is a belief about the mean: the prior. Multiply it with the likelihood, scale the area to 1, and what comes out is the posterior, the belief after the data.",
        "With normal curves everything is closed: the posterior mean is an average of prior mean and data, weighted by how sure each is. Drag the prior away, or make it narrow, and see when the data give in.",
    ],
    formulas: &[
        r"p(\mu \mid y) \propto p(\mu)\, L(\mu)",
        r"\mathrm{E}[\mu \mid y] = \frac{m / s^2 + n\,\bar y}{1/s^2 + n}",
    ],
    scenes: &[
        Preset { label: "Prior N(2, SD 2)", link: "#/prior" },
        Preset { label: "Prior N(6, SD 1)", link: "#/prior?prior_mean=6&prior_sd=1" },
    ],
    handles: &["prior_mean", "prior_sd", "n"],
    steps: &[
        Step {
            panel: "together",
            thought: "A vague prior around 2, five data around 4: the posterior stays with the data.",
            scene: 0,
        },
        Step {
            panel: "together",
            thought: "A surer prior around 6 pulls harder, and still five data outweigh it.",
            scene: 1,
        },
        Step {
            panel: "three",
            thought: "The posterior is narrower than either: belief and data add up.",
            scene: 1,
        },
    ],
    question: None,
};
