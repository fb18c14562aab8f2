//! The table of what can go wrong with a save: how often it is sent, what the page says, and that nothing typed is
//! lost. Each row is a fault, on a new account and on a change.

use sandbox::{Demo, Fault, FaultKind};
use serde_json::json;

use crate::harness::fixtures::{ASSIGNED, GERMANY, POOLED, list_of, new_in};
use crate::harness::replies::reply;
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;
use crate::harness::user::User;

const NOT_KNOWN: &str = "may or may not have been";
const NOT_CREATED: &str = "No account was created.";
const NOT_CHANGED: &str = "The account was not changed.";
const SAVED: &str = "Saved, but the details could not be shown";

/// What the app may conclude (reliability-and-security.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Not done, and these words say why.
    No(&'static str),
    /// Not known.
    Unknown,
    /// Done.
    Yes,
}

#[derive(Debug)]
struct Row {
    fault: Fault,
    /// Whether the API did the work all the same.
    worked: bool,
    end: End,
}

fn row(kind: FaultKind, end: End) -> Row {
    let worked = kind == FaultKind::CutAfter;
    Row { fault: Fault::once(kind), worked, end }
}

/// The work is done, and the reply is this one all the same.
fn worked(kind: FaultKind, end: End) -> Row {
    Row { fault: Fault::once(kind).after_work(), worked: true, end }
}

fn no(status: u16, says: &'static str) -> Row {
    row(FaultKind::json(status, &json!({ "message": "The API gives its reason." })), End::No(says))
}

/// Every row of the table but the 401, which asks to sign in again: `session` tells its story.
fn refused() -> Vec<Row> {
    vec![
        no(400, "The API could not read the request"),
        no(403, "You are not allowed to do this"),
        no(404, "The API "),
        no(405, "The API refused the request (status 405)"),
        no(409, "The API refused: something else got in the way"),
        no(413, "The API refused: the request is too large"),
        no(415, "The API refused the request (status 415)"),
        no(422, "The API refused what was entered"),
        no(429, "The API is receiving too many requests"),
    ]
}

fn unknown() -> Vec<Row> {
    vec![
        // No 408: on a connection that is kept, Chromium takes it for a closed one and sends the request again by
        // itself, a POST too. tests/web has it.
        row(FaultKind::json(500, &json!({ "message": "Server Error" })), End::Unknown),
        row(FaultKind::Html { status: 502 }, End::Unknown),
        row(FaultKind::Empty { status: 503 }, End::Unknown),
        row(FaultKind::Html { status: 504 }, End::Unknown),
        row(FaultKind::Redirect { to: "/api/workspaces".into() }, End::Unknown),
        row(FaultKind::CutBefore, End::Unknown),
        row(FaultKind::CutAfter, End::Unknown),
        worked(FaultKind::Html { status: 500 }, End::Unknown),
        worked(FaultKind::Empty { status: 504 }, End::Unknown),
        worked(FaultKind::Redirect { to: "https://example.com/".into() }, End::Unknown),
        worked(reply(200, "text/html", "<p>Created</p>"), End::Unknown),
        worked(reply(201, "text/html", "<p>Created</p>"), End::Unknown),
        worked(FaultKind::Empty { status: 201 }, End::Unknown),
        worked(reply(201, "application/json", r#"{"id":"cus_1","na"#), End::Unknown),
    ]
}

fn saved() -> Vec<Row> {
    vec![
        worked(reply(200, "application/json", "{}"), End::Yes),
        worked(reply(201, "application/json", r#"{"result":"ok"}"#), End::Yes),
    ]
}

/// One line of the note that the table is for.
fn note(what: &str, at: usize, row: &Row, sent: usize) {
    println!("{what} {at}: {:?} -> {:?}, sent {sent}", row.fault.kind, row.end);
}

async fn create(rows: Vec<Row>) {
    story(async |user| {
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        for (at, row) in rows.iter().enumerate() {
            let name = format!("Karoo Broadband {at}");
            let email = format!("billing{at}@karoo.example.com");
            let typed = [("Name", &*name), ("Email", &*email), ("City", "Prince Albert")];
            user.sandbox.fault(row.fault.clone().on("POST", "/billing-accounts"));
            user.goto(&new_in(ASSIGNED)).await;
            for (label, text) in typed {
                user.fill(label, text).await;
            }
            user.sandbox.clear_requests();
            let accounts = user.sandbox.accounts(ASSIGNED).len();
            user.press("Create billing account").await;
            match row.end {
                End::No(says) => {
                    user.see(says).await;
                    user.see(NOT_CREATED).await;
                }
                End::Unknown => user.see(NOT_KNOWN).await,
                End::Yes => user.see(SAVED).await,
            }
            if row.end != End::Yes {
                for (label, text) in typed {
                    user.see_value(label, text).await;
                }
            }
            note("create", at, row, user.sandbox.posts().len());
            assert_eq!(user.sandbox.posts().len(), 1, "{row:?}");
            assert_eq!(user.sandbox.accounts(ASSIGNED).len(), accounts + usize::from(row.worked), "{row:?}");
            after(user, row, "Check whether it was created", "The account was not found", "Billing account created")
                .await;
            assert_eq!(user.sandbox.posts().len(), 1, "{row:?}");
        }
    })
    .await;
}

async fn change(rows: Vec<Row>) {
    story(async |user| {
        let account = format!("{}/{GERMANY}", list_of(POOLED));
        user.goto(&account).await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        let patches = || user.sandbox.requests().into_iter().filter(|seen| seen.method == "PATCH").count();
        let stored = |name: &str| user.sandbox.accounts(POOLED).iter().any(|account| account["name"] == name);
        for (at, row) in rows.iter().enumerate() {
            let name = format!("Acme Netze {at}");
            user.sandbox.fault(row.fault.clone().on("PATCH", GERMANY));
            user.goto(&format!("{account}/edit")).await;
            user.fill("Name", &name).await;
            user.fill("Phone", &at.to_string()).await;
            user.sandbox.clear_requests();
            user.press("Save changes").await;
            match row.end {
                End::No(says) => {
                    user.see(says).await;
                    user.see(NOT_CHANGED).await;
                }
                End::Unknown => user.see(NOT_KNOWN).await,
                End::Yes => user.see(SAVED).await,
            }
            if row.end != End::Yes {
                user.see_value("Name", &name).await;
                user.see_value("Phone", &at.to_string()).await;
            }
            note("change", at, row, patches());
            assert_eq!((patches(), stored(&name)), (1, row.worked), "{row:?}");
            let (check, no) = ("Check whether it was saved", "Your changes are not in the account");
            after(user, row, check, no, "Billing account updated").await;
            assert_eq!(patches(), 1, "{row:?}");
        }
    })
    .await;
}

/// What the page offers next, and that the tab remembers no more of it than it should.
async fn after(user: &User, row: &Row, check: &str, not_there: &str, there: &str) {
    let drafts = "Object.keys(sessionStorage).filter(key => key.startsWith('altostrat.draft.')).length";
    match (row.end, row.worked) {
        (End::Unknown, true) => {
            user.press(check).await;
            user.see(there).await;
            user.expect(drafts, 0).await;
        }
        (End::Unknown, false) => {
            user.press(check).await;
            user.see(not_there).await;
            user.see("Send again").await;
        }
        (End::Yes, _) => {
            user.expect(drafts, 0).await;
            user.expect("!!button('Create billing account') || !!button('Save changes')", false).await;
            user.see("See what was saved").await;
        }
        (End::No(_), _) => user.expect("control('Name').readOnly", false).await,
    }
    // The next row begins as in a new tab. A form that is left keeps what is in it: it is gone before that is cleared.
    user.goto("/").await;
    user.see_heading("Choose a workspace").await;
    user.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('altostrat.draft.')).forEach(key => sessionStorage.removeItem(key))").await;
}

#[tokio::test]
async fn a_refused_account_is_sent_once_and_stays_typed() {
    create(refused()).await;
}

#[tokio::test]
async fn an_account_without_a_clear_answer_is_sent_once_and_checked() {
    create(unknown()).await;
}

#[tokio::test]
async fn an_account_with_an_unreadable_yes_is_not_sent_again() {
    create(saved()).await;
}

#[tokio::test]
async fn a_refused_change_is_sent_once_and_stays_typed() {
    change(refused()).await;
}

#[tokio::test]
async fn a_change_without_a_clear_answer_is_sent_once_and_checked() {
    change(unknown()).await;
}

#[tokio::test]
async fn a_change_with_an_unreadable_yes_is_not_sent_again() {
    change(saved()).await;
}

/// A success whose body breaks off may be anybody's, so the account is looked for.
#[tokio::test]
async fn a_success_whose_reply_never_ends_is_checked() {
    story(async |user| {
        // Slower than the deadline of thirty seconds.
        user.sandbox.fault(Fault::once(FaultKind::SlowBytes { ms_per_byte: 200 }).on("POST", "/billing-accounts"));
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Name", "Karoo Broadband").await;
        user.fill("Email", "billing@karoo.example.com").await;
        user.press("Create billing account").await;
        user.see("Saving…").await;
        user.see(NOT_KNOWN).await;
        user.press("Check whether it was created").await;
        user.see("Billing account created").await;
        assert_eq!((user.sandbox.posts().len(), user.sandbox.accounts(ASSIGNED).len()), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn an_answer_after_the_deadline_is_not_waited_for_and_the_account_is_found() {
    story(async |user| {
        user.sandbox.fault(Fault::once(FaultKind::None).on("POST", "/billing-accounts").late(60_000));
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        user.fill("Name", "Karoo Broadband").await;
        user.fill("Email", "billing@karoo.example.com").await;
        user.press("Create billing account").await;
        user.see("The API did not answer in time").await;
        user.see(NOT_KNOWN).await;
        user.press("Check whether it was created").await;
        user.see("Billing account created").await;
        assert_eq!((user.sandbox.posts().len(), user.sandbox.accounts(ASSIGNED).len()), (1, 1));
    })
    .await;
}
