//! What can be taken away: values as CSV, pictures as SVG and PNG.

use std::path::Path;
use std::time::Instant;

use anyhow::{Result, bail};
use browser_tests::{Page, WAIT_LIMIT, on_page};
use fantoccini::Locator;
use serde_json::json;

/// The bytes of the file that a press on a button of a panel's menu leaves.
async fn taken(page: &Page, panel: &str, button: &str, folder: &Path, name: &str) -> Result<Vec<u8>> {
    let allow = json!({ "behavior": "allow", "downloadPath": folder });
    page.dev_tools("Browser.setDownloadBehavior", allow).await?;
    // A real click: a browser lets a script without a hand at the mouse save ten files, no more.
    page.eval(&format!(
        "(() => {{ document.querySelectorAll('details.menu').forEach((menu) => menu.open = false);
           const menu = document.querySelector('#card-{panel} details.menu');
           menu.open = true; menu.scrollIntoView({{ block: 'center' }}); }})()"
    ))
    .await?;
    let path = format!("//*[@id='card-{panel}']//details//button[normalize-space()='{button}']");
    page.client.find(Locator::XPath(&path)).await?.click().await?;
    let start = Instant::now();
    let file = folder.join(name);
    // The name is reserved first, then a file under another name is filled, then it takes its place.
    while std::fs::metadata(&file).map_or(0, |file| file.len()) == 0 || is_under_way(folder)? {
        if start.elapsed() > WAIT_LIMIT {
            let found: Vec<_> = std::fs::read_dir(folder)?.flatten().map(|entry| entry.file_name()).collect();
            bail!("there is no {name} but {found:?}");
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    Ok(std::fs::read(file)?)
}

fn is_under_way(folder: &Path) -> Result<bool> {
    let mut files = std::fs::read_dir(folder)?.flatten();
    Ok(files.any(|file| file.path().extension().is_some_and(|ending| ending == "crdownload")))
}

/// A browser gets suspicious of a page that leaves more than ten files: three panels leave nine.
const PANELS_PER_VISIT: usize = 3;

#[test]
fn every_panel_gives_its_values_as_csv_and_its_picture_as_svg_and_png() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (link, stem) in [
        ("#/one-prior?n=12", "one-prior_seed-1973"),
        ("#/james-stein?n=12", "james-stein_seed-1973"),
        ("#/regions?sizes=6,3&seed=7", "regions_seed-7"),
        ("#/when?grid=10&seed=7", "when_seed-7"),
        ("#/data?set=rats", "data_seed-1973"),
    ] {
        on_page(link, async |page| {
            page.settle().await?;
            let tables = page.tables().await?;
            assert!(tables.len() >= 4, "{link}");
            for (number, (panel, table)) in tables.iter().enumerate() {
                if number > 0 && number % PANELS_PER_VISIT == 0 {
                    page.reload_at(link).await?;
                    page.settle().await?;
                }
                let name = |ending: &str| format!("{stem}_{panel}.{ending}");
                let csv = taken(page, panel, "Values as CSV", folder.path(), &name("csv")).await?;
                let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_slice());
                let records: Result<Vec<Vec<String>>, csv::Error> =
                    reader.records().map(|record| Ok(record?.iter().map(str::to_string).collect())).collect();
                assert_eq!(&records?, table, "{link} {panel}: the file is not what the page shows");

                let svg = taken(page, panel, "Picture as SVG", folder.path(), &name("svg")).await?;
                let svg = String::from_utf8(svg)?;
                let document = roxmltree::Document::parse(&svg)?;
                let marks = document.descendants().filter(|node| node.is_element()).count();
                assert_eq!(document.root_element().tag_name().name(), "svg");
                assert!(marks > 10, "{link} {panel}: {marks} elements");
                let title = document.descendants().find(|node| node.tag_name().name() == "title");
                let title = title.and_then(|node| node.text()).unwrap_or_default();
                assert!(title.contains(link), "{link} {panel}: the title is “{title}”");
                let texts = document.descendants().filter(|node| node.tag_name().name() == "text");
                let said: Vec<&str> = texts.filter_map(|node| node.text()).collect();
                let heading =
                    page.eval(&format!("document.querySelector('#card-{panel} h2').textContent")).await?;
                // Real data have none.
                let has_seed = page.eval("Boolean(document.querySelector('.seed'))").await? == true;
                let seed = stem.rsplit('-').next().filter(|_| has_seed).map(|seed| format!("Seed {seed}"));
                let address = page.eval("location.href").await?;
                for wanted in [heading.as_str(), seed.as_deref(), address.as_str()].into_iter().flatten() {
                    assert!(
                        said.iter().any(|text| text.contains(wanted)),
                        "{link} {panel}: no “{wanted}” in {said:?}"
                    );
                }
                let height: f64 = document.root_element().attribute("height").unwrap_or_default().parse()?;

                let png = taken(page, panel, "Picture as PNG", folder.path(), &name("png")).await?;
                assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n", "{link} {panel}");
                assert_eq!(u32::from_be_bytes(png[16..20].try_into()?), 1720, "{link} {panel}: width");
                let png_height = f64::from(u32::from_be_bytes(png[20..24].try_into()?));
                assert!((png_height - 2.0 * height).abs() <= 1.0, "{link} {panel}: height {png_height}");
                assert!(png.len() > 5000, "{link} {panel}: {} bytes", png.len());
            }
            Ok(())
        });
    }
}

#[test]
fn the_link_can_be_copied() {
    on_page("#/regions?seed=7", async |page| {
        page.settle().await?;
        // Headless, no one can be asked.
        let allow = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        page.dev_tools("Browser.grantPermissions", allow).await?;
        page.slide("#control-m", 4).await?;
        page.press("header", "Share").await?;
        page.press("#share", "Copy link").await?;
        page.wait_until("document.querySelector('#share button.primary').textContent === 'Link copied'")
            .await?;
        let copied = page
            .client
            .execute_async("const done = arguments[0]; navigator.clipboard.readText().then(done, (e) => done(String(e)))", vec![])
            .await?;
        let expected = page.eval("location.href.split('#')[0] + '#/regions?m=4&seed=7'").await?;
        assert_eq!(copied, expected);
        Ok(())
    });
}
