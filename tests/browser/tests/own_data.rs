//! Real data, and the reader's own: pasted, wrong, dropped, and brought back by a link.

use anyhow::Result;
use browser_tests::{Page, on_page};
use serde_json::json;

const FIELD: &str = "#control-own";
const SETTLED: &str = "main[data-state=settled]";

/// Puts `text` into the field as a paste does: at once.
async fn paste(page: &Page, text: &str) -> Result<()> {
    page.eval(&format!(
        "(() => {{ const field = document.querySelector('{FIELD}'); field.value = {}; \
         field.dispatchEvent(new InputEvent('input', {{ bubbles: true, inputType: 'insertFromPaste' }})); }})()",
        json!(text)
    ))
    .await?;
    page.settle().await
}

async fn number_of_rows(page: &Page) -> Result<usize> {
    let count = page.eval("document.querySelectorAll('#card-units tbody tr').length").await?;
    Ok(usize::try_from(count.as_u64().unwrap_or(0))?)
}

#[test]
fn a_classic_opens_with_its_published_numbers() {
    on_page("#/data", async |page| {
        page.settle().await?;
        assert!(page.text("#card-published").await?.contains("agrees"));
        page.eval(
            "(() => { const list = document.querySelector('[data-key=set] select'); list.value = 'eight'; \
             list.dispatchEvent(new Event('change', { bubbles: true })); })()",
        )
        .await?;
        page.wait_until("document.querySelectorAll('#card-units tbody tr').length === 8").await?;
        page.settle().await?;
        assert_eq!(page.link().await?, "#/data?set=eight");
        assert!(page.text("h1").await?.contains("Eight schools"));
        Ok(())
    });
}

#[test]
fn a_table_is_pasted_corrected_and_brought_back_by_its_link() {
    on_page("#/data?set=own", async |page| {
        page.wait_for(SETTLED).await?; // There is no picture yet.
        assert!(page.text(".controls").await?.contains("never leave this browser"));
        paste(page, "school\teffect\tse\nA\t28\t15\nB\t8\t10\nC\t-3\t16\nD\t7\t11\nE\tx\t9\n").await?;
        page.wait_until("document.querySelectorAll('#card-units tbody tr').length === 4").await?;
        assert!(page.text(".own-problems").await?.contains("row 5, column effect: “x” is not a number."));
        let link = page.link().await?;
        assert!(link.contains("own=name,value,se;A,28,15;B,8,10;C,-3,16;D,7,11"), "{link}");
        // Nothing that can be used: the fault is told, and what was there stays.
        paste(page, "school\teffect\tse\nA\ta\tb\n").await?;
        assert!(page.text(".own-problems").await?.contains("row 1, column effect: “a” is not a number."));
        assert_eq!((number_of_rows(page).await?, page.link().await?), (4, link.clone()));
        page.reload_at(&link).await?;
        page.settle().await?;
        assert_eq!(number_of_rows(page).await?, 4);
        assert!(
            page.eval(&format!("document.querySelector('{FIELD}').value"))
                .await?
                .to_string()
                .contains("D,7,11")
        );
        Ok(())
    });
}

#[test]
fn a_large_file_is_dropped_and_stays_in_the_page() {
    on_page("#/data?set=own", async |page| {
        page.wait_for(SETTLED).await?; // There is no picture yet.
        page.eval(
            "(() => { let text = '\\ufeffWert;SE\\r\\n'; \
             for (let i = 0; i < 50000; i += 1) text += `${(i % 97) / 10 + ''};${1 + i % 7}\\r\\n`.replaceAll('.', ','); \
             const data = new DataTransfer(); data.items.add(new File([text], 'many.csv', { type: 'text/csv' })); \
             document.querySelector('.own-table').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data })); })()",
        )
        .await?;
        page.wait_until("document.querySelector('h1').textContent.includes('50,000')").await?;
        page.wait_until("document.querySelector('#card-units .count')?.textContent.includes('50000')")
            .await?;
        assert!(page.text(".own-table").await?.contains("50000 of 50000 rows are used"));
        assert!(page.text(".own-table").await?.contains("The link does not carry these data"));
        page.settle().await?;
        assert_eq!(page.link().await?, "#/data?set=own");
        assert!(page.text("#card-slopes").await?.contains("of the 50,000 rows"));
        Ok(())
    });
}
