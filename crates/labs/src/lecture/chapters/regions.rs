//! Chapters 7 to 13: schools in regions.

use crate::lecture::{Ask, Chapter, Question, Step, answers};

pub(super) const MODEL: Chapter = Chapter {
    title: "A more complex model",
    link: "#/regions",
    panel: "forest",
    words: &[
        "Forty schools in four regions. Schools of a region are alike, and regions are somewhat alike, so there are two levels to borrow from. Mind the notation: the first model’s N(0, A) named a variance, this N(0, 5) an SD.",
        "No closed rule is needed: write down the model, and the posterior says how far each school moves. It moves toward its region, not toward 0.",
    ],
    formulas: &[
        r"y_i \sim \mathrm{N}(\mu_i, 1)",
        r"\mu_i \sim \mathrm{N}(\theta_{k(i)}, 1)",
        r"\theta_k \sim \mathrm{N}(0, \mathrm{SD}\ 5)",
    ],
    scenes: &[],
    handles: &["sd_theta", "sd_mu", "sigma"],
    steps: &[
        Step {
            panel: "forest",
            thought: "Every school borrows from its region, and every region from the others.",
            scene: 0,
        },
        Step {
            panel: "close-up",
            thought: "One school: what its region says, times what was measured there.",
            scene: 0,
        },
        Step {
            panel: "race",
            thought: "Two levels against one, against none: who comes closest on these schools?",
            scene: 0,
        },
    ],
    question: Some(Question {
        text: "Who will come closest to these schools, in total squared error?",
        ask: Ask::Pick {
            options: &["the MLE", "the region mean", "James–Stein in each region", "full Bayes"],
        },
        answer: answers::winner,
        covers: &["race", "scatter", "errors", "theta-truth"],
        why: "Full Bayes knows both levels and weighs them by what they vary; whoever wins on one data set may lose on the next, and the dashes are the exact averages.",
        is_exact: false,
    }),
};

pub(super) const PROGRAM: Chapter = Chapter {
    title: "The full model in Stan",
    link: "#/regions?details=all",
    panel: "sampler",
    words: &[
        "A program for the model has as many lines as the model: data, parameters, and one sampling statement for each level. Stan turns it into a log density and its gradient, and NUTS does the rest.",
        "Here the same sampler runs in your browser while you drag: four chains, warmup and all. For this model the posterior is also known exactly, so that it can be checked.",
    ],
    formulas: &[
        r"\begin{aligned} &\mathtt{theta} \sim \mathtt{normal}(0, 5) \\ &\mathtt{mu} \sim \mathtt{normal}(\mathtt{theta[region]}, 1) \\ &\mathtt{y} \sim \mathtt{normal}(\mathtt{mu}, 1) \end{aligned}",
    ],
    scenes: &[],
    handles: &["sd_theta", "sd_mu"],
    steps: &[
        Step {
            panel: "sampler",
            thought: "Three sampling statements are the whole model. Four chains draw from its posterior in a blink.",
            scene: 0,
        },
        Step {
            panel: "trace",
            thought: "Four chains, one color each, all in the same place: that is what agreement looks like.",
            scene: 0,
        },
        Step {
            panel: "theta",
            thought: "Bars are draws, lines the exact posterior: the sampler gets it right.",
            scene: 0,
        },
    ],
    question: Some(Question {
        text: "The chains keep 4,000 draws. How many independent draws are they worth, for the variable that is sampled worst?",
        ask: Ask::Bar { min: 0.0, max: 8000.0, step: 50.0, unit: "" },
        answer: answers::bulk_ess,
        covers: &["sampler"],
        why: "Draws of a chain resemble their neighbors; NUTS goes so far in one step that little of that is left.",
        is_exact: false,
    }),
};

pub(super) const OUTPUT: Chapter = Chapter {
    title: "Model output",
    link: "#/regions?truth=hidden",
    panel: "theta",
    words: &[
        "What comes out of the sampler is a few thousand draws of every unknown. One looks at each by its median and by intervals: 80 % of the draws lie in the thick bar, 95 % in the thin one.",
        "These are the means of the four regions, the truth left out for now, as in any real analysis. Each rests on ten schools.",
    ],
    formulas: &[
        r"\theta_k \mid y \sim \mathrm{N}(m_k, v_k)",
        r"v_k = \left(\frac{1}{V_\theta} + \frac{n_k}{V_\mu + V_y}\right)^{-1}",
    ],
    scenes: &[],
    handles: &["sd_theta", "sd_mu", "sigma"],
    steps: &[Step {
        panel: "theta",
        thought: "Median, 80 % and 95 % of the draws: what the model says about each region.",
        scene: 0,
    }],
    question: Some(Question {
        text: "Region 1 has ten schools, measured with noise. How wide is the 95 % interval of its mean?",
        ask: Ask::Bar { min: 0.0, max: 6.0, step: 0.05, unit: "" },
        answer: answers::width_of_interval,
        covers: &["theta"],
        why: "A school’s measurement strays from the region’s mean by both variances; ten of them leave a tenth of that, and the interval is four SDs wide.",
        is_exact: false,
    }),
};

pub(super) const AGAINST_TRUTH: Chapter = Chapter {
    title: "Compared to the truth",
    link: "#/regions",
    panel: "theta-truth",
    words: &[
        "The data were simulated, so the truth can be looked up. Each region’s posterior mean stands against its true mean; on the line it would be right.",
        "An interval of 95 % is wrong one time in twenty, and here are four. Draw new schools a few times and count.",
    ],
    formulas: &[r"\mathrm{E}[\theta_k \mid y] \ \text{against}\ \theta_k"],
    scenes: &[],
    handles: &["sd_theta", "sd_mu", "seed"],
    steps: &[Step {
        panel: "theta-truth",
        thought: "Four regions against their truth. Which bars reach the line?",
        scene: 0,
    }],
    question: Some(Question {
        text: "Four regions, four 95 % intervals. How many hold the true mean?",
        ask: Ask::Bar { min: 0.0, max: 4.0, step: 1.0, unit: "" },
        answer: answers::truths_inside,
        covers: &["theta-truth", "theta", "forest"],
        why: "Each interval misses one time in twenty; that one of four does is no scandal, it happens in every fifth class of schools.",
        is_exact: false,
    }),
};

pub(super) const SCHOOLS: Chapter = Chapter {
    title: "School by school",
    link: "#/regions",
    panel: "slopes",
    words: &[
        "One line for each school, from its measurement to its posterior mean, colored by region. In the simple model all lines ran toward 0; here each region draws its own schools together.",
        "The regions themselves hardly move: an SD of 5 leaves them where the data put them. Drag the region SD down and see them start to lean on each other.",
    ],
    formulas: &[r"\mathrm{E}[\mu_i \mid y] = (1 - B)\, y_i + B\, m_{k(i)}", r"B = \frac{V_y}{V_y + V_\mu}"],
    scenes: &[],
    handles: &["sd_theta", "sd_mu", "sigma"],
    steps: &[Step {
        panel: "slopes",
        thought: "Each region draws its own schools together, and stays where it is.",
        scene: 0,
    }],
    question: Some(Question {
        text: "Within a region, how much of the SD between schools is left after Bayes?",
        ask: Ask::Bar { min: 0.0, max: 100.0, step: 1.0, unit: " %" },
        answer: answers::sd_kept,
        covers: &["slopes", "forest"],
        why: "Within its region each school keeps the share V_μ/(V_μ + V_y) of its distance, whatever the region does.",
        is_exact: true,
    }),
};

pub(super) const BETTER: Chapter = Chapter {
    title: "Did we do better than the MLE?",
    link: "#/regions",
    panel: "scatter",
    words: &[
        "Truth across, estimate up, a line between the two estimates of a school. Open circles are the measurements, filled ones Bayes; on the diagonal an estimate is right.",
        "Not every school gains. Bayes moves all toward their region, and a school that truly is unusual is moved away from its truth. What counts is the sum.",
    ],
    formulas: &[r"|\hat\mu_i^{\mathrm{Bayes}} - \mu_i| < |y_i - \mu_i| \ ?"],
    scenes: &[],
    handles: &["sd_theta", "sd_mu", "seed"],
    steps: &[Step {
        panel: "scatter",
        thought: "A line toward the diagonal is a school that gained; one away from it paid.",
        scene: 0,
    }],
    question: Some(Question {
        text: "For how many of the forty schools is Bayes closer to the truth than the measurement?",
        ask: Ask::Bar { min: 0.0, max: 40.0, step: 1.0, unit: "" },
        answer: answers::closer,
        covers: &["scatter", "errors"],
        why: "It is far from all: Bayes wins by saving much where measurements were far off, not by winning everywhere.",
        is_exact: false,
    }),
};

pub(super) const ERRORS: Chapter = Chapter {
    title: "Did we do better? Error by error",
    link: "#/regions",
    panel: "errors",
    words: &[
        "The absolute errors of the forty schools, counted in bins of one half: one histogram for the measurements, one for Bayes. What will have changed?",
        "For the MLE the counts are 16, 15, 6, 2, 1, 0; the exact posterior means have 20, 16, 3, 1, 0, 0. The large errors are what went.",
        "The slide shows 20, 15, 4, 1 for Bayes: with 200 draws one school near the edge of a bin changed sides. Monte Carlo error is visible, and harmless.",
    ],
    formulas: &[r"\sum_i (\hat\mu_i - \mu_i)^2"],
    scenes: &[],
    handles: &["sd_theta", "sd_mu", "seed"],
    steps: &[
        Step { panel: "errors", thought: "Small errors became a few more, large ones became few.", scene: 0 },
        Step { panel: "race", thought: "In total squared error, on these schools and on average.", scene: 0 },
    ],
    question: Some(Question {
        text: "How much of the MLE’s total squared error will Bayes save on these schools?",
        ask: Ask::Bar { min: -50.0, max: 100.0, step: 1.0, unit: " %" },
        answer: answers::saved_here,
        covers: &["errors", "race", "scatter"],
        why: "On average it saves nearly the share V_y/(V_y + V_μ); on one class of schools more or less, and at times it loses.",
        is_exact: false,
    }),
};
