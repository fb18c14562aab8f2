//! Controls can be reached with a mouse: none moves from under the pointer, and none is pushed out of its row.

use serde_json::json;

use crate::harness::fixtures::{POOLED, list_of};
use crate::harness::stage::story;

/// A regression: the field showed its error when it lost the focus, the button moved down, and the click missed it.
#[tokio::test]
async fn an_error_that_appears_on_blur_does_not_lose_the_click() {
    story(async |user| {
        user.goto("/").await;
        user.fill("Token", "my password").await;
        user.press("Sign in").await;
        user.expect("document.activeElement.className", "summary").await;
        user.see("There is a problem").await;
        assert!(user.sandbox.requests().is_empty());
    })
    .await;
}

/// A regression: the last control wrapped to a second row, and the name of the app broke in two.
#[tokio::test]
async fn a_long_workspace_name_keeps_the_header_in_one_row() {
    let rows = "(() => {
        document.querySelector('.top-name').textContent = 'Administration of Everything at Acme Networks International Holdings';
        const boxOf = element => element.getBoundingClientRect();
        const [brand, workspace, menu] = [...document.querySelectorAll('.brand, .switcher, .avatar')].map(boxOf);
        const line = parseFloat(getComputedStyle(document.body).lineHeight);
        const sameRow = [brand, workspace, menu].every(({ top, bottom }) => top < menu.bottom && bottom > menu.top);
        return [sameRow, brand.height < 2 * line, workspace.height < 2 * line, menu.right <= innerWidth && workspace.width > 40];
    })()";
    story(async |user| {
        user.open_signed_in(&list_of(POOLED)).await;
        user.see_heading("Billing accounts").await;
        user.see("Switch workspace").await;
        for width in [1280, 640, 320] {
            user.set_screen_width(width).await;
            user.expect(rows, json!([true, true, true, true])).await;
        }
    })
    .await;
}
