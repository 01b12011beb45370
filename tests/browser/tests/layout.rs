//! From a small phone to a wide screen.

use anyhow::Result;
use browser_tests::{Page, on_page};
use serde_json::json;

/// Everything that can be operated but cannot be seen whole or is covered, each brought to the lower edge first:
/// on a phone the lead picture keeps the upper part of the window.
const OUT_OF_REACH: &str = "(() => {
    const wrong = [];
    // A word that is explained is text: an open table may lie over it.
    for (const e of document.querySelectorAll('a[href], button:not(.term), input, summary, canvas')) {
        const place = e.type === 'radio' ? e.closest('label') : e;
        if (!place.checkVisibility() || place.disabled) continue;
        // For menus that scroll by themselves; then the window, whatever the element's direction of writing.
        place.scrollIntoView({ block: 'nearest', inline: 'center' });
        scrollBy(0, place.getBoundingClientRect().bottom - innerHeight + 8);
        const box = place.getBoundingClientRect();
        const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        const isCovered = place.tagName !== 'CANVAS' && !(top && (place.contains(top) || top.contains(place)));
        if (box.left < -1 || box.right > innerWidth + 1 || box.width < 12 || box.height < 12 || isCovered) {
            const name = e.id || e.getAttribute('aria-label') || e.textContent || e.value;
            wrong.push(`${e.tagName} ${name.slice(0, 40)}: ${Math.round(box.left)} to ${Math.round(box.right)}, ${Math.round(box.width)} × ${Math.round(box.height)}${isCovered ? ', covered by ' + (top && (top.tagName + '.' + top.className)) : ''}`);
        }
    }
    scrollTo(0, 0);
    return wrong;
})()";

async fn assert_fits(page: &Page, place: &str) -> Result<()> {
    let widths = page.eval("[document.scrollingElement.scrollWidth, innerWidth]").await?;
    assert!(
        widths[0].as_u64() <= widths[1].as_u64(),
        "{place}: {} wide in a window of {}",
        widths[0],
        widths[1]
    );
    assert_eq!(page.eval(OUT_OF_REACH).await?, json!([]), "{place}");
    Ok(())
}

#[test]
fn every_lab_fits_from_a_small_phone_to_a_wide_screen_with_all_controls_in_reach() {
    let links = [
        "#/one-prior",
        "#/james-stein?a=100&n=200",
        "#/regions",
        "#/when",
        "#/when?view=race&shape=t3",
        "#/when?view=coverage&size=5&v_mu=0.25",
        "#/data",
        "#/data?set=rats",
        "#/regions?sizes=60,1,60,1,60,1,60,1,60,1,60,1&sd_theta=10&repeats=0&seed=999999",
    ];
    for link in links {
        on_page(link, async |page| {
            for (width, height) in
                [(1920, 1080), (1440, 900), (1024, 768), (768, 1024), (390, 844), (320, 640)]
            {
                page.set_size(width, height).await?;
                page.unfold().await?;
                page.settle().await?;
                assert_fits(page, &format!("{link} at {width} × {height}")).await?;
                let narrow = page
                    .eval("[...document.querySelectorAll('canvas[data-panel]')].filter((e) => e.width < 200 || e.height < 80).map((e) => e.dataset.panel)")
                    .await?;
                assert_eq!(narrow, json!([]), "{link} at {width} × {height}: pictures too small to read");
            }
            Ok(())
        });
    }
}

#[test]
fn messages_and_tables_fit_a_phone() {
    on_page("#/regions?sizes=3,0,99&sd_theta=NaN&m=2.5&sampler=what", async |page| {
        page.set_size(320, 640).await?;
        page.unfold().await?;
        page.settle().await?;
        assert!(page.notices().await?.len() >= 4);
        page.tables().await?;
        assert_fits(page, "messages and tables").await
    });
}
