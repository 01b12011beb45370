//! What leaves the page by way of its dialogs: link, QR code, frame in another page, programs, data.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use browser_tests::{Page, WAIT_LIMIT, on_page};
use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::{Value, json};

/// What a telephone reads off a screenshot.
fn read_qr(screenshot: &[u8]) -> Result<String> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(screenshot)).read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().context("a picture of moderate size")?];
    let info = reader.next_frame(&mut pixels)?;
    let channels = info.color_type.samples();
    let (width, height) = (info.width as usize, info.height as usize);
    let mut image =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[(y * width + x) * channels]);
    let [code] = &image.detect_grids()[..] else { bail!("there is not one code in the picture") };
    Ok(code.decode()?.1)
}

async fn open(page: &Page, button: &str) -> Result<()> {
    page.settle().await?;
    page.press("header", button).await?;
    page.wait_for("dialog[open] h2").await.map(drop)
}

#[test]
fn the_qr_code_leads_back_to_what_is_on_screen() {
    for (link, scheme, size) in [
        ("#/regions?sd_theta=2&seed=7", "light", (1440, 900)),
        ("#/regions?sizes=44x1,51x21,5x177&th=normal&mu=normal&sampler=exact", "dark", (390, 844)),
    ] {
        on_page(link, async |page| {
            page.set_preferences(scheme, false).await?;
            page.set_size(size.0, size.1).await?;
            open(page, "Share").await?;
            let address = page.eval("location.href").await?;
            let code = page.wait_for("#share .qr").await?;
            assert_eq!(Value::from(read_qr(&code.screenshot().await?)?), address);
            let small = code.rectangle().await?.2;
            page.press("#share", "For the back row").await?;
            page.wait_for("#share .share.large").await?;
            let (_, _, width, height) = page.wait_for("#share .qr").await?.rectangle().await?;
            assert!(width >= small && height <= f64::from(size.1) - 40.0, "{width} × {height}");
            assert_eq!(
                Value::from(read_qr(&page.client.screenshot().await?)?),
                address,
                "off the whole screen"
            );
            Ok(())
        });
    }
}

#[test]
fn a_dialog_keeps_the_focus_and_gives_it_back() {
    on_page("#/one-prior", async |page| {
        for button in ["Share", "Code"] {
            page.settle().await?;
            page.eval(&format!("[...document.querySelectorAll('header button')].find((e) => e.textContent === '{button}').focus()")).await?;
            page.key(Key::Enter).await?;
            page.wait_for("dialog[open] h2").await?;
            for _ in 0..12 {
                page.key(Key::Tab).await?;
                let is_inside = "document.activeElement === document.body || Boolean(document.activeElement.closest('dialog[open]'))";
                assert_eq!(page.eval(is_inside).await?, json!(true), "{button}");
            }
            page.key(Key::Escape).await?;
            page.wait_until("!document.querySelector('dialog[open]')").await?;
            assert_eq!(page.eval("document.activeElement.textContent").await?, json!(button));
        }
        Ok(())
    });
}

/// The address of `page` on a server, and so an origin, of its own; it answers as long as the test runs.
fn serve(page: String) -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}/", listener.local_addr()?);
    std::thread::spawn(move || {
        for mut connection in listener.incoming().flatten() {
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                page.len()
            );
            // A request fits into one packet; a browser that went away is missed by nobody.
            let _ = connection.read(&mut [0; 4096]);
            let _ = connection.write_all(format!("{head}{page}").as_bytes());
        }
    });
    Ok(address)
}

#[test]
fn the_frame_works_in_another_page() {
    for (width, height) in [(600, 450), (320, 560)] {
        on_page("#/one-prior?a=9&n=12", async |page| {
            open(page, "Share").await?;
            let code = page.eval("document.querySelector('#share-embed').value").await?;
            let code = code.as_str().context("the code is a text")?.to_owned();
            let whole = page.eval("location.href").await?;
            assert!(code.contains("embed=on") && code.starts_with("<iframe"), "{code}");
            let code = code
                .replace("width=\"960\" height=\"600\"", &format!("width=\"{width}\" height=\"{height}\""));
            let host = format!(
                "<!doctype html><title>Host</title><body style='margin:0' onkeydown='document.title=event.key'>{code}"
            );
            page.client.goto(&serve(host)?).await?;
            page.set_size(width + 20, height + 20).await?;
            page.client.enter_frame(0).await?;
            page.settle().await?;
            let looks = page
                .eval("[document.querySelectorAll('header, .intro').length, document.querySelectorAll('canvas').length, document.documentElement.scrollWidth <= innerWidth, document.querySelector('footer a').href, document.querySelector('footer a').target]")
                .await?;
            assert_eq!(looks, json!([0, 1, true, whole, "_blank"]), "{width} × {height}");
            let before = page.words("slopes").await?;
            page.type_into("#control-a", "0.01").await.or(page.slide("#control-a", 0).await)?;
            page.settle().await?;
            assert_ne!(page.words("slopes").await?, before, "the slider moves the picture");
            let history = page.eval("history.length").await?;
            page.press(".seed", "New data").await?;
            page.settle().await?;
            assert_eq!(page.eval("history.length").await?, history, "“back” belongs to the host");
            page.client.enter_parent_frame().await?;
            page.eval("(document.activeElement.blur(), window.focus())").await?;
            page.key(Key::Right).await?;
            page.wait_until("document.title === 'ArrowRight'").await.map(drop)
        });
    }
}

/// The file that a press on a button of the open dialog leaves.
async fn saved(page: &Page, button: &str, folder: &Path, name: &str) -> Result<String> {
    let allow = json!({ "behavior": "allow", "downloadPath": folder });
    page.dev_tools("Browser.setDownloadBehavior", allow).await?;
    let path = format!("//dialog[@open]//button[normalize-space()='{button}']");
    page.client.find(Locator::XPath(&path)).await?.click().await?;
    let (file, start) = (folder.join(name), Instant::now());
    loop {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let is_under_way = std::fs::read_dir(folder)?
            .flatten()
            .any(|entry| entry.path().extension().is_some_and(|ending| ending == "crdownload"));
        if !text.is_empty() && !is_under_way {
            return Ok(text);
        }
        if start.elapsed() > WAIT_LIMIT {
            bail!("there is no {name}");
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

#[test]
fn programs_and_data_are_those_of_the_link() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for link in ["#/regions?sizes=6,3&mu=normal&seed=7", "#/data?set=counties", "#/prior?prior_mean=6"] {
        let scenario = labs::link::parse(link).scenario;
        let expected = labs::registry::programs(&scenario).expect("all have programs");
        on_page(link, async |page| {
            open(page, "Code").await?;
            page.wait_for("#code .program").await?;
            let (heading, _) = scenario.lab().heading(&scenario.values());
            let address = page.eval("location.href").await?;
            for program in &expected.programs {
                let radio = format!("//dialog//label[normalize-space()='{}']", program.title);
                page.client.find(Locator::XPath(&radio)).await?.click().await?;
                let text = program.text(&heading, address.as_str().unwrap_or_default());
                page.wait_until(&format!(
                    "document.querySelector('.program').textContent === {}",
                    json!(text)
                ))
                .await?;
                let button = format!("Download {}", program.file);
                assert_eq!(saved(page, &button, folder.path(), &program.file).await?, text, "{link}");
            }
            let data = saved(page, "Data as CSV", folder.path(), &expected.data_file).await?;
            assert_eq!(data, expected.data.csv(), "{link}");
            Ok(())
        });
    }
}

#[test]
fn a_term_is_explained_by_pointer_by_focus_and_by_tap() {
    on_page("#/one-prior", async |page| {
        page.settle().await?;
        let tip = "document.querySelector('[role=tooltip]')";
        let term = page.wait_for("#card-close-up .term").await?;
        page.eval("document.querySelector('#card-close-up .term').scrollIntoView({ block: 'center' })")
            .await?;
        let (x, y, width, height) = term.rectangle().await?;
        let scrolled = page.eval("scrollY").await?.as_f64().unwrap_or(0.0);
        let move_to = async |x: f64, y: f64| {
            let at = json!({ "type": "mouseMoved", "x": x, "y": y, "pointerType": "mouse" });
            page.dev_tools("Input.dispatchMouseEvent", at).await
        };
        let (x, y) = (x + width / 2.0, y - scrolled + height / 2.0);
        move_to(x, y).await?;
        page.wait_until(&format!("Boolean({tip})")).await?;
        let said = page.eval(&format!("{tip}.textContent")).await?;
        assert!(said.as_str().is_some_and(|said| said.ends_with('.')), "{said}");
        // It can be pointed at, and stays.
        let place = page.eval(&format!("(() => {{ const r = {tip}.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2, r.left >= 0, r.right <= innerWidth]; }})()")).await?;
        assert_eq!((&place[2], &place[3]), (&json!(true), &json!(true)), "it is cut off");
        move_to(place[0].as_f64().unwrap_or(0.0), place[1].as_f64().unwrap_or(0.0)).await?;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(
            page.eval(&format!("Boolean({tip})")).await?,
            json!(true),
            "it goes when it is pointed at"
        );
        move_to(2.0, 2.0).await?;
        page.wait_until(&format!("!{tip}")).await?;
        page.eval("document.querySelector('#card-close-up .term').focus()").await?;
        page.wait_until(&format!("Boolean({tip})")).await?;
        let described = page.eval("document.activeElement.getAttribute('aria-describedby')").await?;
        assert_eq!(page.eval(&format!("{tip}.id")).await?, described);
        page.key(Key::Escape).await?;
        page.wait_until(&format!("!{tip}")).await?;
        Ok(())
    });
}
