//! The first paint waits for nothing (E24): what `index.html` holds is the page with bones in it, drawn before its style
//! sheet is there and in its place after, and the app that comes into its place moves nothing.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::harness::driver::Logs;
use crate::harness::site::SiteCopy;
use crate::harness::stage::{play, story};
use crate::harness::user::User;

const WIDTHS: [u32; 2] = [1280, 320];
/// Where the parts are that both pages have, to a tenth of a pixel.
const BOXES: &str = "['.top', '.brand', 'main'].map(selector => {
    const { x, y, width } = document.querySelector(selector).getBoundingClientRect();
    return [selector, ...[x, y, width].map(side => Math.round(side * 10))];
})";

/// What is seen of both before the app, to a pixel.
const STYLED: &str = "[...all('.top'), ...all('.bone')].map(box)";
const DRAWN: &str =
    "[...document.querySelectorAll('.first-paint > rect:nth-of-type(2), .first-paint svg rect')].map(box)";
const BOX: &str = "window.box = part => {
    const { x, y, width, height } = part.getBoundingClientRect();
    return [x, y, width, height].map(Math.round);
}";

async fn boxes(user: &User, boxes: &str) -> Vec<Value> {
    let mut all = Vec::new();
    for width in WIDTHS {
        user.set_screen_width(width).await;
        user.expect("innerWidth", width).await;
        all.push(user.evaluate(boxes).await.expect("the page answers"));
    }
    all
}

/// The page without the lines that have `part` in them.
fn without(page: &Path, part: &str) {
    let html = fs::read_to_string(page).expect("the page is read");
    let rest: String = html.split_inclusive('\n').filter(|line| !line.contains(part)).collect();
    assert_ne!(html, rest, "there was something to take away");
    fs::write(page, rest).expect("the page is written");
}

#[tokio::test]
async fn the_page_before_the_app_has_the_parts_of_the_app_where_the_app_has_them() {
    let still = SiteCopy::of_dist();
    let page = still.folder().join("index.html");
    without(&page, "<script");

    let (mut before, mut after) = (Vec::new(), Vec::new());
    play(still.folder(), Logs::Console, async |user| {
        user.goto("/").await;
        user.expect("all('.bone').length", 4).await;
        let seen = "all('.bone').every(bone => bone.offsetHeight > 20 && bone.offsetWidth > 100
            && !/^rgba.*, 0\\)$/.test(getComputedStyle(bone).backgroundColor))";
        user.expect(seen, true).await;
        user.see("Altostrat Billing").await;
        before = boxes(user, BOXES).await;
        user.expect("document.documentElement.scrollWidth <= innerWidth", true).await;
    })
    .await;
    story(async |user| {
        user.goto("/").await;
        user.see_heading("Sign in").await;
        after = boxes(user, BOXES).await;
    })
    .await;
    assert_eq!(before, after);
}

#[tokio::test]
async fn what_is_drawn_before_the_style_sheet_is_there_is_where_it_will_be() {
    let still = SiteCopy::of_dist();
    let page = still.folder().join("index.html");
    without(&page, "<script");
    play(still.folder(), Logs::Console, async |user| {
        user.run_before_each_page(BOX).await;
        user.goto("/").await;
        user.expect("all('.bone').length", 4).await;
        user.expect("getComputedStyle(document.querySelector('.first-paint')).display", "none").await;
        let styled = boxes(user, STYLED).await;
        without(&page, "rel=\"stylesheet\"");
        user.goto("/").await;
        user.expect("document.querySelector('.first-paint text').textContent", "Altostrat Billing").await;
        assert_eq!(boxes(user, DRAWN).await, styled);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_waited_for_and_nothing_moves_when_the_app_comes() {
    story(async |user| {
        user.goto("/").await;
        user.see_heading("Sign in").await;
        let blocking = "performance.getEntriesByType('resource').filter(part => part.renderBlockingStatus === 'blocking')
            .map(part => part.name.split('.').pop())";
        user.expect(blocking, json!([])).await;
        let moved = "const done = arguments[arguments.length - 1];
            new PerformanceObserver((list, observer) => {
                observer.disconnect();
                // The sandbox's panel at the foot is none of the app's.
                const ours = ({ sources }) => sources.some(({ node }) => node && !node.parentElement?.closest('.sandbox') && !node.matches?.('.sandbox'));
                done(list.getEntries().filter(ours).reduce((sum, { value }) => sum + value, 0));
            }).observe({ type: 'layout-shift', buffered: true });
            setTimeout(() => done(0), 1000);";
        let moved = user.evaluate_async(moved).await.as_f64().expect("a sum");
        assert!(moved < 0.01, "the layout shifted by {moved}");
    })
    .await;
}
