//! A unit of a picture follows the hand that drags it: a pointer, a finger, or Shift and an arrow.

use anyhow::Result;
use browser_tests::{Page, on_page};
use fantoccini::key::Key;
use serde_json::json;

const CANVAS: &str = "canvas[data-panel=line]";

/// Where a hand can take hold of a unit, in CSS pixels within the window: found as a hand finds it, by the pointer's shape.
async fn grip(page: &Page) -> Result<(f64, f64)> {
    let found = page
        .eval(&format!(
            "(() => {{
                const canvas = document.querySelector('{CANVAS}');
                canvas.scrollIntoView({{ block: 'center' }});
                const box = canvas.getBoundingClientRect();
                for (let y = box.top + 40; y < box.bottom - 40; y += 4) {{
                    for (let x = box.left + 60; x < box.right - 20; x += 4) {{
                        const init = {{ bubbles: true, clientX: x, clientY: y, isPrimary: true }};
                        canvas.dispatchEvent(new PointerEvent('pointermove', init));
                        if (canvas.style.cursor === 'grab') return [x, y];
                    }}
                }}
                return null;
            }})()"
        ))
        .await?;
    let place = |i: usize| found[i].as_f64().unwrap_or_else(|| panic!("no unit can be dragged"));
    Ok((place(0), place(1)))
}

/// What the link says was moved: unit from 1, to the right, up.
async fn moves(page: &Page) -> Result<Vec<(u32, f64, f64)>> {
    let link = page.link().await?;
    let Some((_, field)) = link.split_once("moves=") else { return Ok(Vec::new()) };
    let field = field.split('&').next().unwrap_or_default();
    let one = |item: &str| -> Option<(u32, f64, f64)> {
        let mut parts = item.split('_');
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    };
    Ok(field.split(',').filter_map(one).collect())
}

#[test]
fn a_cluster_follows_the_pointer_and_goes_back_at_a_press() {
    on_page("#/mrlocus", async |page| {
        page.settle().await?;
        let before = page.pictures().await?;
        let (x, y) = grip(page).await?;
        let mouse = async |kind: &str, x: f64, y: f64| -> Result<()> {
            let event =
                json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1 });
            page.dev_tools("Input.dispatchMouseEvent", event).await.map(drop)
        };
        mouse("mousePressed", x, y).await?;
        for i in 1..=10 {
            mouse("mouseMoved", x - 4.0 * f64::from(i), y + 6.0 * f64::from(i)).await?;
        }
        mouse("mouseReleased", x - 40.0, y + 60.0).await?;
        page.settle().await?;
        let found = moves(page).await?;
        assert!(matches!(found[..], [(_, across, up)] if across < -0.01 && up < -0.01), "{found:?}");
        assert_ne!(page.pictures().await?, before);
        // Keys move it on, as far as they are pressed.
        page.eval(&format!("document.querySelector('{CANVAS}').focus()")).await?;
        page.key(Key::Home).await?;
        page.eval(&format!(
            "document.querySelector('{CANVAS}').dispatchEvent(new KeyboardEvent('keydown', {{ key: 'ArrowUp', shiftKey: true, bubbles: true }}))"
        ))
        .await?;
        page.settle().await?;
        let more = moves(page).await?;
        assert!(more.len() == 2 || more[0].2 > found[0].2, "{found:?} {more:?}");
        page.press("[data-key=moves]", "Put back").await?;
        page.settle().await?;
        assert_eq!((moves(page).await?, page.link().await?.as_str()), (Vec::new(), "#/mrlocus"));
        Ok(())
    });
}

#[test]
fn a_cluster_follows_a_finger_and_the_page_stays() {
    on_page("#/mrlocus", async |page| {
        page.set_size(390, 844).await?;
        page.dev_tools("Emulation.setTouchEmulationEnabled", json!({ "enabled": true })).await?;
        page.settle().await?;
        let (x, y) = grip(page).await?;
        let scrolled = page.eval("scrollY").await?;
        let finger = async |kind: &str, points: serde_json::Value| -> Result<()> {
            let event = json!({ "type": kind, "touchPoints": points });
            page.dev_tools("Input.dispatchTouchEvent", event).await.map(drop)
        };
        // A finger is broad: it need not hit the mark.
        finger("touchStart", json!([{ "x": x + 8.0, "y": y + 5.0 }])).await?;
        for i in 1..=10 {
            finger("touchMove", json!([{ "x": x + 8.0, "y": y + 5.0 + 7.0 * f64::from(i) }])).await?;
        }
        finger("touchEnd", json!([])).await?;
        page.settle().await?;
        let found = moves(page).await?;
        assert!(matches!(found[..], [(_, _, up)] if up < -0.02), "{found:?}");
        assert_eq!(page.eval("scrollY").await?, scrolled);
        Ok(())
    });
}
