//! Gradients, posteriors and draws of the hierarchy: medians of several runs, a line
//! each: `native <what> <number>`.

use std::hint::black_box;
use std::time::Instant;

use models::{
    Hierarchy, HierarchyDensity, Level, LogDensity, Parameterization, PosteriorMeans, RegionModel,
    RegionScales, Scale, ScalePosterior, ScalePrior, ScaleProposal,
};
use stats::stream;

const NUM_RUNS: usize = 21;

fn main() {
    let learned = |scale| Scale::Learned(ScalePrior::HalfNormal { scale });
    let small = simulated(&[10; 4], learned(2.5), learned(5.0));
    // Sizes 1 to 177, sum 2000.
    let mut sizes: Vec<usize> = (0..100).map(|k| 1 + k * k / 170).collect();
    sizes[99] += 2000 - sizes.iter().sum::<usize>();
    let large = simulated(&sizes, learned(2.5), learned(5.0));
    let scales = RegionScales { noise_var: 1.0, school_var: 1.0, region_var: 25.0 };
    let model = RegionModel::new(small.y(), small.sizes(), scales).expect("a valid design");
    report("small_known_scales_gradient_ns", gradient_ns(&model));
    for (name, hierarchy) in
        [("small", &small), ("large", &large), ("eight_schools", &Hierarchy::eight_schools())]
    {
        for (kind, parameterization) in
            [("centered", Parameterization::Centered), ("non_centered", Parameterization::NonCentered)]
        {
            let density = HierarchyDensity::new(hierarchy, parameterization).expect("positive scales");
            report(&format!("{name}_{kind}_gradient_ns"), gradient_ns(&density));
        }
        let seconds = median_seconds(|| {
            black_box(ScalePosterior::new(black_box(hierarchy)));
        });
        report(&format!("{name}_posterior_us"), seconds * 1e6);
        let posterior = ScalePosterior::new(hierarchy);
        let seconds = median_seconds(|| {
            black_box(posterior.scale_quantiles(Level::School, &[0.025, 0.5, 0.975]));
        });
        report(&format!("{name}_scale_quantiles_us"), seconds * 1e6);
        let seconds = median_seconds(|| {
            black_box(posterior.quantiles(0, &[0.025, 0.5, 0.975]));
        });
        report(&format!("{name}_theta_quantiles_us"), seconds * 1e6);
        let mut means = PosteriorMeans::new(hierarchy);
        let mut out = vec![0.0; hierarchy.num_regions() + hierarchy.num_schools()];
        let seconds = median_seconds(|| means.means_into(black_box(hierarchy), &mut out));
        report(&format!("{name}_means_us"), seconds * 1e6);
        let seconds = median_seconds(|| {
            black_box(ScaleProposal::new(black_box(&posterior)));
        });
        report(&format!("{name}_proposal_us"), seconds * 1e6);
        let proposal = ScaleProposal::new(&posterior);
        let mut rng = stream(1, "bench", 0);
        let (mut log_ratio, mut num_accepted) = (f64::NEG_INFINITY, 0);
        let times = 200_000 / out.len();
        let seconds = median_seconds(|| {
            num_accepted = 0;
            for _ in 0..times {
                let (school_sd, region_sd, log_q) = proposal.propose(&mut rng);
                let proposed = proposal.log_target(school_sd, region_sd) - log_q;
                if stats::uniform(&mut rng) < libm::exp(proposed - log_ratio) {
                    log_ratio = proposed;
                    num_accepted += 1;
                }
                hierarchy.draw_given_scales(school_sd * school_sd, region_sd * region_sd, &mut rng, &mut out);
            }
        });
        report(&format!("{name}_collapsed_draw_ns"), seconds / times as f64 * 1e9);
        report(&format!("{name}_acceptance"), f64::from(num_accepted) / times as f64);
    }
}

/// One data set of the model at school SD 1 and region SD 5, noise SD 1.
fn simulated(sizes: &[usize], school_sd: Scale, region_sd: Scale) -> Hierarchy {
    let num_schools = sizes.iter().sum();
    let (zeros, noise_var) = (vec![0.0; num_schools], vec![1.0; num_schools]);
    let known =
        Hierarchy::new(&zeros, &noise_var, sizes, Scale::Known(1.0), Scale::Known(5.0)).expect("a design");
    let data = known.simulate_prior(&mut stream(4, "bench data", 0));
    Hierarchy::new(&data.y, &noise_var, sizes, school_sd, region_sd).expect("a design")
}

fn gradient_ns(density: &impl LogDensity) -> f64 {
    let (position, mut grad) = (vec![0.5; density.dim()], vec![0.0; density.dim()]);
    let times = 1_000_000 / density.dim();
    let seconds = median_seconds(|| {
        for _ in 0..times {
            black_box(density.log_density_and_grad(black_box(&position), black_box(&mut grad)));
        }
    });
    seconds / times as f64 * 1e9
}

fn report(what: &str, number: f64) {
    println!("native {what} {number}");
}

fn median_seconds(mut run: impl FnMut()) -> f64 {
    let mut seconds: Vec<f64> = (0..NUM_RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    seconds[NUM_RUNS / 2]
}
