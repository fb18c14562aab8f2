//! By keyboard alone, and on a small screen.

use fantoccini::key::Key;
use sandbox::Demo;
use serde_json::json;

use crate::harness::fixtures::{ASSIGNED, POOLED, list_of, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;
use crate::harness::user::User;

#[tokio::test]
async fn the_keyboard_alone_signs_in_and_creates() {
    story(async |user| {
        user.goto(&new_in(ASSIGNED)).await;
        user.see_heading("Sign in").await;
        user.press_key(Key::Tab, 1).await;
        user.see_focus_on("Skip to content").await;
        user.tab_to("Token").await;
        user.insert_text(&user.sandbox.token(Demo::Owner)).await;
        user.tab_to("Stay signed in in this tab").await;
        user.press_key(Key::Space, 1).await;
        user.expect("control('Stay signed in in this tab')?.checked", true).await;
        user.press_key(Key::Tab, 1).await;
        user.see_focus_on("Sign in").await;
        user.press_key(Key::Enter, 1).await;
        user.see_heading("New billing account").await;

        user.tab_to("Name").await;
        user.insert_text("Karoo Broadband").await;
        user.press_key(Key::Tab, 1).await;
        user.see_focus_on("Email").await;
        user.insert_text("billing@karoo.example.com").await;
        for label in ["Phone", "Description", "Currency", "Country", "Address line 1"] {
            user.press_key(Key::Tab, 1).await;
            user.see_focus_on(label).await;
        }
        user.insert_text("12 Long Street").await;
        user.press_key(Key::Enter, 1).await;
        user.see("Billing account created").await;
        user.see_focus_on("Karoo Broadband").await;
        let body = json!({
            "name": "Karoo Broadband",
            "email": "billing@karoo.example.com",
            "address": { "line1": "12 Long Street" },
        });
        assert_eq!(user.sandbox.posts(), [body]);
    })
    .await;
}

#[tokio::test]
async fn tab_leads_from_the_last_field_to_the_button() {
    story(async |user| {
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        user.focus("Postal code").await;
        user.press_key(Key::Tab, 1).await;
        user.see_focus_on("Create billing account").await;
        user.press_key(Key::Space, 1).await;
        user.see("There is a problem").await;
        user.tab_to("Enter a name").await;
        user.press_key(Key::Enter, 1).await;
        user.see_focus_on("Name").await;
    })
    .await;
}

async fn fits(user: &User) {
    let over = "document.documentElement.scrollWidth > innerWidth && all('*').filter(found => found.getBoundingClientRect().right > innerWidth).map(found => found.outerHTML.slice(0, 80))";
    user.expect(over, false).await;
}

#[tokio::test]
async fn nothing_is_wider_than_a_screen_of_320_pixels() {
    story(async |user| {
        user.set_screen_width(320).await;
        user.goto("/").await;
        user.see_heading("Sign in").await;
        fits(user).await;
        user.press("Sign in").await;
        user.see("There is a problem").await;
        fits(user).await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        user.see("Acme Networks").await;
        fits(user).await;

        user.goto(&list_of(POOLED)).await;
        user.see("Acme Netzwerke GmbH").await;
        fits(user).await;

        user.goto(&new_in(POOLED)).await;
        user.fill("Name", &"W".repeat(130)).await;
        user.press("Create billing account").await;
        user.see("There is a problem").await;
        fits(user).await;
        user.fill("Name", &"W".repeat(100)).await;
        let local = "W".repeat(60);
        user.fill("Email", &format!("{local}@{local}.example.com")).await;
        user.fill("Description", &"W".repeat(200)).await;
        user.press("Create billing account").await;
        user.see("Billing account created").await;
        fits(user).await;

        user.follow("Billing accounts").await;
        user.see(&"W".repeat(100)).await;
        fits(user).await;
        user.goto(&format!("/{}", "w".repeat(300))).await;
        user.see_heading("Page not found").await;
        fits(user).await;
    })
    .await;
}

/// "Sign out" stood in a row of its own, and what the app is called in two.
#[tokio::test]
async fn a_long_name_leaves_the_header_its_one_row() {
    let rows = "(() => {
        document.querySelector('.top-user bdi').textContent = 'administrator.of.everything@acme-networks.example.com';
        const one = element => element.getBoundingClientRect();
        const [brand, place, out] = [...document.querySelectorAll('.brand, .top-name, .top .button')].map(one);
        const line = parseFloat(getComputedStyle(document.body).lineHeight);
        const side = [brand, place, out].every(({ top, bottom }) => top < out.bottom && bottom > out.top);
        return [side, brand.height < 2 * line, out.height < 2 * line, place.width > 40];
    })()";
    story(async |user| {
        user.goto(&list_of(POOLED)).await;
        user.sign_in(Demo::Owner).await;
        user.see_heading("Billing accounts").await;
        user.see("Switch").await;
        for width in [1280, 640] {
            user.set_screen_width(width).await;
            user.expect(rows, json!([true, true, true, true])).await;
        }
    })
    .await;
}
