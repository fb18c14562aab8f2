//! The first paint: `index.html` draws a skeleton of the page before its style sheet and the app have loaded. The style
//! sheet and the app then replace it without a layout shift.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::harness::driver::Logs;
use crate::harness::site::SiteCopy;
use crate::harness::stage::{play, story};
use crate::harness::user::User;

const WIDTHS: [u32; 2] = [1280, 320];
/// The boxes of the parts that the skeleton and the app share, in tenths of a pixel.
const SHARED_BOXES: &str = "['.top', '.brand', 'main'].map(selector => {
    const { x, y, width } = document.querySelector(selector).getBoundingClientRect();
    return [selector, ...[x, y, width].map(side => Math.round(side * 10))];
})";
/// The boxes of the skeleton, in pixels, that the style sheet draws.
const STYLED_BOXES: &str = "all('.top, .brand-mark, .bone').map(box)";
/// The boxes of the skeleton, in pixels, that the inline SVG draws without the style sheet.
const SVG_BOXES: &str =
    "[...document.querySelectorAll('.first-paint > rect:nth-of-type(even), .first-paint svg rect')].map(box)";
const BOX: &str = "window.box = element => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x, y, width, height].map(Math.round);
}";

/// A script that collects the times of the frames without content, after the first one with content, in `window.blank`.
const COLLECT_BLANK_FRAMES: &str = "window.blank = [];
    let hadContent = false;
    const look = () => {
        const content = [...document.querySelectorAll('.first-paint, #app main *')];
        const hasContent = content.some(element => element.checkVisibility());
        hadContent ||= hasContent;
        if (hadContent && !hasContent) blank.push(performance.now());
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);";

/// The boxes at each width.
async fn measure(user: &User, boxes: &str) -> Vec<Value> {
    let mut all = Vec::new();
    for width in WIDTHS {
        user.set_screen_width(width).await;
        user.expect("innerWidth", width).await;
        all.push(user.evaluate(boxes).await.expect("the page answers"));
    }
    all
}

/// Removes the lines of the page that contain `part`.
fn remove_lines(page: &Path, part: &str) {
    let html = fs::read_to_string(page).expect("the page is read");
    let rest: String = html.split_inclusive('\n').filter(|line| !line.contains(part)).collect();
    assert_ne!(html, rest, "the page contains {part}");
    fs::write(page, rest).expect("the page is written");
}

#[tokio::test]
async fn the_skeleton_has_the_layout_of_the_app_and_of_its_svg() {
    let site = SiteCopy::of_dist();
    let page = site.file("index", ".html");
    let original = fs::read_to_string(&page).expect("the page is read");
    play(site.folder(), Logs::Console, async |user| {
        user.run_before_each_page(BOX).await;
        user.goto("/").await;
        user.see_heading("Sign in").await;
        let app = measure(user, SHARED_BOXES).await;

        remove_lines(&page, "<script");
        user.goto("/").await;
        user.expect("all('.bone').length", 4).await;
        let visible = "all('.bone').every(bone => bone.offsetHeight > 20 && bone.offsetWidth > 100
            && !/^rgba.*, 0\\)$/.test(getComputedStyle(bone).backgroundColor))";
        user.expect(visible, true).await;
        user.see("Altostrat Billing").await;
        user.expect("getComputedStyle(document.querySelector('.first-paint')).display", "none").await;
        assert_eq!(measure(user, SHARED_BOXES).await, app);
        user.expect("document.documentElement.scrollWidth <= innerWidth", true).await;
        let styled = measure(user, STYLED_BOXES).await;

        remove_lines(&page, "rel=\"stylesheet\"");
        user.goto("/").await;
        user.expect("getComputedStyle(document.querySelector('.first-paint')).display", "inline").await;
        assert_eq!(measure(user, SVG_BOXES).await, styled);
        fs::write(&page, &original).expect("the page is written back");
    })
    .await;
}

#[tokio::test]
async fn on_a_phone_no_frame_is_blank_after_the_first_paint() {
    story(async |user| {
        user.run_before_each_page(COLLECT_BLANK_FRAMES).await;
        user.emulate_phone().await;
        user.goto("/").await;
        user.see_heading("Sign in").await;
        user.expect("blank", json!([])).await;
    })
    .await;
}

#[tokio::test]
async fn a_scrollbar_moves_nothing() {
    story(async |user| {
        user.goto("/").await;
        user.see_heading("Sign in").await;
        let left_at = |height: &str| {
            format!(
                "(main => {{ main.style.height = '{height}'; return main.getBoundingClientRect().x; }})(
                    document.querySelector('main'))"
            )
        };
        let short = user.evaluate(&left_at("100px")).await.expect("the page answers");
        let long = user.evaluate(&left_at("200vh")).await.expect("the page answers");
        assert_eq!(long, short);
        user.expect("innerWidth > document.documentElement.clientWidth", true).await;
    })
    .await;
}

#[tokio::test]
async fn nothing_blocks_the_first_paint_and_nothing_shifts() {
    story(async |user| {
        user.goto("/").await;
        user.see_heading("Sign in").await;
        let blocking = "performance.getEntriesByType('resource').filter(entry => entry.renderBlockingStatus === 'blocking')
            .map(entry => entry.name.split('.').pop())";
        user.expect(blocking, json!([])).await;
        // The sandbox's panel at the foot of the page is not part of the app.
        let shift = "const done = arguments[arguments.length - 1];
            new PerformanceObserver((list, observer) => {
                observer.disconnect();
                const inApp = ({ sources }) => sources.some(({ node }) => node && !node.parentElement?.closest('.sandbox') && !node.matches?.('.sandbox'));
                const shifts = list.getEntries().filter(inApp);
                const moved = shifts.flatMap(({ sources }) => sources.map(({ node }) => node?.outerHTML?.slice(0, 100)));
                done({ sum: shifts.reduce((sum, { value }) => sum + value, 0), moved });
            }).observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => done({ sum: 0 }), 1000);";
        let shift = user.evaluate_async(shift).await;
        assert!(shift["sum"].as_f64().expect("a sum") < 0.01, "the layout shifted: {shift}");
    })
    .await;
}
