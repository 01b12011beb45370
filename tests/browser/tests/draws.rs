//! The page's draws are those of the same code run natively, to the last bit.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use browser_tests::{WAIT_LIMIT, native_draws, on_page};
use serde_json::json;

#[test]
fn every_samplers_draws_are_the_native_ones_to_the_last_bit() {
    let known = "#/regions?sizes=5,3,1&sigma=2&m=4,1&seed=7&repeats=0";
    let learned = "#/regions?scale_mu=half-cauchy&prior_mu=5&data=eight";
    let folder = tempfile::tempdir().expect("a folder can be made");
    let samplers = ["nuts", "nuts-nc", "nuts-nc-schools", "gibbs", "metropolis", "exact"];
    for (base, name) in [(known, "regions_seed-7_draws.csv"), (learned, "regions_seed-4_draws.csv")] {
        on_page("", async |page| {
            for sampler in samplers {
                let link = format!("{base}&sampler={sampler}&warmup=150&draws=60");
                page.reload_at(&link).await?;
                page.settle().await?;
                let allow = json!({ "behavior": "allow", "downloadPath": folder.path() });
                page.dev_tools("Browser.setDownloadBehavior", allow).await?;
                page.press(".sampler", "All draws as CSV").await?;
                let file = folder.path().join(name);
                let start = Instant::now();
                let found = loop {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    let text = std::fs::read_to_string(&file).unwrap_or_default();
                    // 4 chains of 60 draws and the names; the last line is whole.
                    if text.lines().count() == 241 && text.ends_with('\n') {
                        break text;
                    }
                    if start.elapsed() > WAIT_LIMIT {
                        bail!("{link}: there is no whole {name}");
                    }
                };
                std::fs::remove_file(&file)?;
                let expected = native_draws(&link);
                let different = found.lines().zip(expected.lines()).find(|(a, b)| a != b);
                assert_eq!(different, None, "{link}");
                assert_eq!(found.len(), expected.len(), "{link}");
            }
            Result::Ok(())
        });
    }
}
