//! The first screen: ten accounts fit into it, and the button that saves is always in it.

use sandbox::Demo;
use serde_json::{Value, json};

use crate::harness::fixtures::{CREATE, POOLED, edit_germany, list_of, new_in};
use crate::harness::stage::story;
use crate::harness::user::User;

/// The position of the button that saves, if nothing covers it.
const SAVE: &str = "(() => {
    const save = document.querySelector('button[type=submit]').getBoundingClientRect();
    const top = document.elementFromPoint(save.left + save.width / 2, save.top + save.height / 2);
    return top?.closest('button')?.type === 'submit' && save.bottom <= innerHeight ? [save.left, save.top].map(Math.round) : 'hidden';
})()";

/// The names of controls that the bar covers while they have the focus.
const COVERED: &str = "[...document.forms[0].elements].filter(control => {
    if (!control.name || !control.checkVisibility()) return false;
    control.focus();
    return control.getBoundingClientRect().bottom > document.querySelector('.form-bar').getBoundingClientRect().top;
}).map(control => control.name)";

async fn save_position(user: &User) -> Value {
    user.wait_until("a visible button that saves", async || {
        user.evaluate(SAVE).await.filter(|position| *position != json!("hidden"))
    })
    .await
}

#[tokio::test]
async fn ten_accounts_fit_into_1280_by_800() {
    story(async |user| {
        user.set_screen_size(1280, &json!(800), 1).await;
        user.goto("/").await;
        let (token, url) = (user.sandbox.token(Demo::Admin), format!("/api{}", list_of(POOLED)));
        let create = format!(
            "const done = arguments[arguments.length - 1];
            const body = number => JSON.stringify({{ name: `Account ${{number}}`, email: 'billing@acme.com' }});
            const headers = {{ authorization: 'Bearer {token}', 'content-type': 'application/json' }};
            Promise.all([1, 2, 3, 4, 5, 6, 7].map(number => fetch('{url}', {{ method: 'POST', body: body(number), headers }})))
                .then(replies => done(replies.every(reply => reply.status === 201)));"
        );
        assert_eq!(user.evaluate_async(&create).await, json!(true), "seven accounts are created");
        user.open_signed_in(&list_of(POOLED)).await;
        user.expect("document.querySelectorAll('.row-link').length", 10).await;
        let fits = "[...document.querySelectorAll('tbody tr')].at(-1).getBoundingClientRect().bottom <= innerHeight";
        user.expect(fits, true).await;
    })
    .await;
}

#[tokio::test]
async fn save_stays_in_its_place_and_covers_no_focus() {
    for (width, height) in [(1280, 800), (320, 640)] {
        story(async |user| {
            user.set_screen_size(width, &json!(height), 1).await;
            user.open_signed_in(&new_in(POOLED)).await;
            user.see_heading("New billing account").await;
            let position = save_position(user).await;
            user.press(CREATE).await;
            user.see("There is a problem").await;
            assert_eq!(save_position(user).await, position, "a message at {width} px");
            user.expect(COVERED, json!([])).await;

            user.goto(&edit_germany()).await;
            user.see_heading("Edit billing account").await;
            let position = save_position(user).await;
            user.fill("Name", "Acme Networks").await;
            user.see("1 change").await;
            assert_eq!(save_position(user).await, position, "a change at {width} px");
            user.expect(COVERED, json!([])).await;
        })
        .await;
    }
}
