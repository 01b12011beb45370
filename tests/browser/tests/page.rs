//! The page opens.

use browser_tests::on_page;

#[test]
fn the_page_opens_with_its_title_and_a_picture() {
    on_page("", async |page| {
        page.wait_for("canvas").await?;
        // The lab's own title: the document's is the bare name.
        let title = page.client.title().await?;
        assert!(title.ends_with(" · Shrinkage Lab"), "{title}");
        // The first frame has made place for the page.
        assert_eq!(page.eval("document.getElementById('first-frame')").await?, serde_json::Value::Null);
        // A worker that dies does so some time after the first picture.
        page.picture_at_rest().await?;
        assert_eq!(page.alerts().await?, Vec::<String>::new());
        Ok(())
    });
}
