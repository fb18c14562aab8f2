//! Zoom to 200 % (WCAG 1.4.4), by the browser's zoom and by the text size, and reflow at 320 px (WCAG 1.4.10): nothing
//! is cut off, overlaps, or makes the page scroll sideways. The value of an input may scroll.

use sandbox::Demo;
use serde_json::json;

use crate::harness::fixtures::{ASSIGNED, CREATE, GERMANY_NAME, POOLED, edit_germany, germany, list_of, new_in};
use crate::harness::stage::story;
use crate::harness::user::User;

/// A JavaScript expression: the elements that are wider than the page, cut off in their box, or overlap another control.
const FAULTS: &str = "(() => {
    const faults = [];
    const { scrollWidth } = document.documentElement;
    if (scrollWidth > innerWidth) faults.push(`the page is ${scrollWidth} wide`);
    const markup = element => element.outerHTML.slice(0, 120);
    for (const element of all('main *, header *')) {
        const { overflowX, clipPath } = getComputedStyle(element);
        if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && ['hidden', 'clip'].includes(overflowX)
            && clipPath === 'none' && !element.matches('input, .visually-hidden *, [title], [title] *')) faults.push(`cut off: ${markup(element)}`);
    }
    const controls = all('main :is(a[href], button, input, select, textarea, summary), header :is(a[href], button)').filter(control => !control.matches('.skip'));
    const fixedBar = control => [control.closest('.form-bar')].find(bar => bar && getComputedStyle(bar).position === 'fixed');
    const boxes = controls.map(control => [control, control.getBoundingClientRect()]);
    for (const [index, [one, a]] of boxes.entries()) {
        for (const [other, b] of boxes.slice(index + 1)) {
            // The form scrolls below its bar.
            if (fixedBar(one) !== fixedBar(other)) continue;
            const apart = a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
            if (!apart && !one.contains(other) && !other.contains(one)) faults.push(`overlap: ${markup(one)} ${markup(other)}`);
        }
    }
    return faults;
})()";

async fn assert_layout_when_enlarged(user: &User) {
    for (width, scale, text) in [(640, 2, "100%"), (1280, 1, "200%"), (320, 1, "100%")] {
        user.set_screen_size(width, &json!(512), scale).await;
        user.expect("innerWidth", width).await;
        // The same as the text size of the browser's settings, because every length is in rem.
        user.evaluate(&format!("document.documentElement.style.setProperty('font-size', '{text}')")).await;
        user.expect(FAULTS, json!([])).await;
    }
    user.evaluate("document.documentElement.style.removeProperty('font-size')").await;
}

#[tokio::test]
async fn nothing_is_cut_off_or_overlaps_at_200_percent() {
    story(async |user| {
        user.goto("/").await;
        user.see_heading("Sign in").await;
        assert_layout_when_enlarged(user).await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        user.see("Northwind Operations").await;
        assert_layout_when_enlarged(user).await;

        user.goto(&list_of(POOLED)).await;
        user.see(GERMANY_NAME).await;
        assert_layout_when_enlarged(user).await;
        user.goto(&germany()).await;
        user.see_detail("Email", "rechnung@acme.de").await;
        assert_layout_when_enlarged(user).await;
        user.goto(&edit_germany()).await;
        user.fill("Name", "Acme Netze GmbH").await;
        user.see("becomes").await;
        assert_layout_when_enlarged(user).await;

        user.goto(&new_in(ASSIGNED)).await;
        user.press(CREATE).await;
        user.see("There is a problem").await;
        assert_layout_when_enlarged(user).await;

        // The check finds a planted fault.
        let plant =
            "document.querySelector('main').insertAdjacentHTML('beforeend', '<pre>' + 'W'.repeat(400) + '</pre>')";
        user.evaluate(plant).await;
        user.expect(&format!("{FAULTS}.length > 0"), true).await;
    })
    .await;
}
