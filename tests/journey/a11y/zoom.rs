//! At 200 % (E22): by the browser's zoom, which halves the page, and by a text size of twice the usual. Nothing is cut
//! off, nothing lies over another thing, and nothing is reached by scrolling sideways alone.

use sandbox::Demo;
use serde_json::json;

use crate::harness::driver;
use crate::harness::fixtures::{ASSIGNED, GERMANY, POOLED, list_of, new_in};
use crate::harness::stage::story;
use crate::harness::user::User;

/// What is wider than the page, cut off in its own box, or lies over its neighbour.
const FAULTS: &str = "(() => {
    const faults = [];
    const { scrollWidth } = document.documentElement;
    if (scrollWidth > innerWidth) faults.push(`the page is ${scrollWidth} wide`);
    const start = element => element.outerHTML.slice(0, 120);
    for (const element of all('main *, header *')) {
        const { overflowX } = getComputedStyle(element);
        if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && ['hidden', 'clip'].includes(overflowX)
            && !element.matches('.visually-hidden, .visually-hidden *, [title]')) faults.push(`cut off: ${start(element)}`);
    }
    const pressed = all('main :is(a[href], button, input, select, textarea), header :is(a[href], button)').filter(one => !one.matches('.skip'));
    const boxes = pressed.map(one => [one, one.getBoundingClientRect()]);
    for (const [index, [one, a]] of boxes.entries()) {
        for (const [other, b] of boxes.slice(index + 1)) {
            const apart = a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
            if (!apart && !one.contains(other) && !other.contains(one)) faults.push(`over each other: ${start(one)} ${start(other)}`);
        }
    }
    return faults;
})()";

async fn is_whole_at_200_percent(user: &User) {
    for (width, scale, text) in [(640, 2, "100%"), (1280, 1, "200%"), (320, 1, "100%")] {
        let size = json!({ "width": width, "height": 512, "deviceScaleFactor": scale, "mobile": false });
        driver::devtools(&user.client, "Emulation.setDeviceMetricsOverride", size).await;
        user.expect("innerWidth", width).await;
        // What the user's own text size does: every length here is told in rem.
        user.evaluate(&format!("document.documentElement.style.setProperty('font-size', '{text}')")).await;
        user.expect(FAULTS, json!([])).await;
    }
    user.evaluate("document.documentElement.style.removeProperty('font-size')").await;
}

#[tokio::test]
async fn nothing_is_lost_at_200_percent() {
    story(async |user| {
        user.goto("/").await;
        user.see_heading("Sign in").await;
        is_whole_at_200_percent(user).await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        user.see("Northwind Operations").await;
        is_whole_at_200_percent(user).await;

        user.goto(&list_of(POOLED)).await;
        user.see("Acme Netzwerke GmbH").await;
        is_whole_at_200_percent(user).await;
        user.goto(&format!("{}/{GERMANY}", list_of(POOLED))).await;
        user.see_detail("Email", "rechnung@acme.de").await;
        is_whole_at_200_percent(user).await;
        user.goto(&format!("{}/{GERMANY}/edit", list_of(POOLED))).await;
        user.fill("Name", "Acme Netze GmbH").await;
        user.see("becomes").await;
        is_whole_at_200_percent(user).await;

        user.goto(&new_in(ASSIGNED)).await;
        user.press("Create billing account").await;
        user.see("There is a problem").await;
        is_whole_at_200_percent(user).await;

        // Else a look that sees nothing would pass.
        let plant =
            "document.querySelector('main').insertAdjacentHTML('beforeend', '<pre>' + 'W'.repeat(400) + '</pre>')";
        user.evaluate(plant).await;
        user.expect(&format!("{FAULTS}.length > 0"), true).await;
    })
    .await;
}
