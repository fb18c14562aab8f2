//! What the form for a new account costs a browser, counted and not timed.

use crate::lazy::open_signed_in;
use crate::stage::story;
use crate::user::User;
use crate::{ASSIGNED, new_in};

/// Counts how often the app calls each function that the browser lends it.
const COUNT: &str = "
    const calls = window.calls = {};
    const counted = (name, real) => (...given) => {
        calls[name] = (calls[name] ?? 0) + 1;
        return real(...given);
    };
    const all = lent => Object.fromEntries(Object.entries(lent).map(([name, real]) => [name, counted(name, real)]));
    const Real = WebAssembly.Instance;
    WebAssembly.Instance = function (module, lent) {
        return new Real(module, Object.fromEntries(Object.entries(lent).map(([name, some]) => [name, all(some)])));
    };
    WebAssembly.Instance.prototype = Real.prototype;
";

async fn most_calls(user: &User) -> i64 {
    let most = user.ask("Math.max(...Object.values(window.calls))").await;
    most.and_then(|most| most.as_i64()).expect("the app calls the browser")
}

/// Chromium compiled the one that lets go of what the app held, called 3,359 times, anew and before it went on: 5 ms.
#[tokio::test]
async fn no_function_of_the_browser_is_called_a_thousand_times_for_a_form() {
    story(async |user| {
        open_signed_in(user, &new_in(ASSIGNED)).await;
        user.before_each_page(COUNT).await;
        user.goto(&new_in(ASSIGNED)).await;
        user.expect("labelled('Country').options.length", 250).await;
        let most = most_calls(user).await;
        assert!((200..1000).contains(&most), "one is called {most} times");
    })
    .await;
}
