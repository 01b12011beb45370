//! The programs that the page gives away, for tests that read and run them.
//!
//! `cargo xtask test` says by variables where Python, R and Stan's compiler are, and leaves out, loudly, the
//! tests of what is not there.

use labs::{Code, link};

/// Links whose programs differ in kind, each with a name for its files.
pub const SCENARIOS: &[(&str, &str)] = &[
    ("likelihood", "#/likelihood"),
    ("likelihood-hidden", "#/likelihood?mu=5&n=40&truth=hidden&seed=9"),
    ("prior", "#/prior?prior_mean=6&prior_sd=1"),
    ("prior-hidden", "#/prior?prior_sd=0.2&n=12&truth=hidden&seed=3"),
    ("one-prior", "#/one-prior?n=20"),
    ("james-stein", "#/james-stein?n=12&a=0.5&seed=7"),
    ("james-stein-of-two", "#/james-stein?n=2&truth=hidden"),
    ("regions", "#/regions"),
    (
        "regions-school-sd-learned",
        "#/regions?sizes=6,1,4&scale_mu=half-cauchy&seed=7&sampler=nuts-nc-schools",
    ),
    ("regions-region-sd-learned", "#/regions?scale_theta=half-cauchy&sd_mu=2&seed=12&truth=hidden"),
    ("regions-both-sds-learned", "#/regions?scale_theta=half-normal&scale_mu=half-normal&sampler=nuts-nc"),
    ("regions-known-sds", "#/regions?sizes=5,3&sd_mu=0.5&sigma=2&m=2,7&seed=5"),
    ("regions-unequal-noise", "#/regions?sizes=5,8,3&m=9,4,1&sigma=2&scale_mu=half-normal&seed=3"),
    ("regions-one-school", "#/regions?sizes=1&sd_mu=2"),
    ("regions-eight-schools", "#/regions?scale_mu=half-cauchy&prior_mu=5&data=eight&sampler=nuts-nc"),
    (
        "regions-large",
        "#/regions?sizes=44x1,51x21,5x177&scale_theta=half-normal&scale_mu=half-normal&sampler=exact",
    ),
    ("when", "#/when?size=4&m=3"),
    ("when-wrong-belief", "#/when?view=race&v_theta=0.25&mean=3&belief=own&a_mu=1&a_theta=0.25"),
    ("data-baseball", "#/data"),
    ("data-eight-schools", "#/data?set=eight"),
    ("data-lecture", "#/data?set=lecture"),
    ("data-rats", "#/data?set=rats"),
    ("data-toxoplasmosis", "#/data?set=toxo&target=zero"),
    ("data-counties", "#/data?set=counties"),
    ("limma", "#/limma?genes=200"),
    ("limma-equal", "#/limma?genes=100&variances=equal&replicates=2"),
    ("limma-by-hand", "#/limma?genes=100&prior=hand"),
    ("mrlocus", "#/mrlocus"),
    ("mrlocus-errors-ignored", "#/mrlocus?errors=ignored&se_a=0.3&clusters=3"),
    (
        "mrlocus-own",
        "#/mrlocus?set=own&own=beta_hat_a,beta_hat_b,se_a,se_b;0.001,0.0004,0.0001,0.0002;0.002,0.001,0.0001,0.0002",
    ),
    ("tf-binding", "#/tf-binding"),
    (
        "tf-binding-own",
        "#/tf-binding?set=own&own=feature,experiment,celltype,beta_hat,se;x,1,A,0.5,0.1;x,2,B,-1,0.2;x,3,A,0.4,0.1;y,3,A,2,0.5",
    ),
];

/// The programs of a link.
///
/// # Panics
/// If the link is faulty or its lab gives no programs.
#[must_use]
pub fn code(link: &str) -> Code {
    let read = link::parse(link);
    assert!(read.notices.is_empty(), "{link}: {:?}", read.notices);
    let scenario = read.scenario;
    labs::registry::programs(&scenario).unwrap_or_else(|| panic!("{link} gives no programs"))
}
