//! Who is signed in, and what happens when that ends.

use sandbox::{Demo, Fault, FaultKind};

use crate::harness::fixtures::{ASSIGNED, CREATE, POOLED, list_of, new_in};
use crate::harness::requests::ReceivedRequests;
use crate::harness::stage::story;
use crate::harness::user::User;

const ENDED: &str = "Your session has ended";

#[tokio::test]
async fn an_ended_token_is_refused_before_anything_is_sent() {
    story(async |user| {
        user.goto("/").await;
        user.sign_in(Demo::Ended).await;
        user.see("This token expired").await;
        user.expect("errorAt('Token').includes('Get a new one from Altostrat')", true).await;
        assert!(user.sandbox.requests().is_empty());
        user.paste("Token", "").await;
        user.fill("Token", &format!("Bearer {}", user.sandbox.token(Demo::Owner))).await;
        user.press("Sign in").await;
        user.see("Acme Networks").await;
    })
    .await;
}

#[tokio::test]
async fn a_text_that_is_no_token_is_refused_in_words() {
    story(async |user| {
        user.goto("/").await;
        user.press("Sign in").await;
        user.see_error("Token", "Enter a token").await;
        user.fill("Token", "my password").await;
        user.press("Sign in").await;
        user.expect("errorAt('Token').includes('This doesn’t look like an access token')", true).await;
        assert!(user.sandbox.requests().is_empty());
    })
    .await;
}

/// Fills in the form, presses, is asked to sign in again, does so, and presses again.
async fn sign_in_again_and_save(user: &User) {
    user.fill("Name", "Karoo Broadband").await;
    user.fill("Email", "billing@karoo.example.com").await;
    user.choose("Country", "South Africa").await;
    user.press(CREATE).await;
    user.see(ENDED).await;
    user.expect("!!document.querySelector('dialog:modal')", true).await;
    assert!(user.sandbox.accounts(ASSIGNED).is_empty());
    user.sign_in(Demo::Owner).await;
    user.expect("!!document.querySelector('dialog')", false).await;
    user.see_value("Name", "Karoo Broadband").await;
    user.see_value("Email", "billing@karoo.example.com").await;
    user.see_value("Country", "ZA").await;
    user.press(CREATE).await;
    user.see("Billing account created").await;
    user.see_heading("Karoo Broadband").await;
    assert_eq!(user.sandbox.accounts(ASSIGNED).len(), 1);
}

#[tokio::test]
async fn a_forged_token_is_refused_by_the_api_and_the_form_is_kept() {
    story(async |user| {
        let token = user.sandbox.token(Demo::Owner);
        let (claims, signature) = token.rsplit_once('.').expect("a token has three parts");
        let other = if signature.starts_with('A') { 'B' } else { 'A' };
        // Else what the page looks at on the side would be refused first.
        user.sandbox.fault(Fault::always(FaultKind::Empty { status: 404 }).on("GET", "/api"));
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in_with(&format!("{claims}.{other}{}", &signature[1..])).await;
        sign_in_again_and_save(user).await;
        let statuses: Vec<_> =
            user.sandbox.requests().iter().filter(|seen| seen.method == "POST").map(|seen| seen.status).collect();
        assert_eq!(statuses, [Some(401), Some(201)]);
    })
    .await;
}

#[tokio::test]
async fn a_list_refused_with_a_401_comes_after_signing_in_again() {
    story(async |user| {
        user.goto(&list_of(POOLED)).await;
        user.sandbox.fault(Fault::once(FaultKind::Empty { status: 401 }));
        user.sign_in(Demo::Owner).await;
        user.see(ENDED).await;
        user.sign_in(Demo::Owner).await;
        user.see("Acme Netzwerke GmbH").await;
    })
    .await;
}

#[tokio::test]
async fn signing_out_forgets_the_token() {
    story(async |user| {
        user.goto(&list_of(POOLED)).await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        user.see("Signed in as Olivia Owner").await;
        user.see("Acme Netzwerke GmbH").await;
        user.press("Sign out").await;
        user.see_heading("Sign in").await;
        user.see_no("Acme Netzwerke GmbH").await;
        user.expect("sessionStorage.length", 0).await;
        let before = user.sandbox.requests().len();
        user.reload().await;
        user.see_heading("Sign in").await;
        assert_eq!(user.sandbox.requests().len(), before);
        assert!(user.sandbox.posts().is_empty());
    })
    .await;
}

#[tokio::test]
async fn without_asking_to_stay_a_reload_signs_out() {
    story(async |user| {
        user.goto(&list_of(POOLED)).await;
        user.sign_in(Demo::Owner).await;
        user.see("Acme Netzwerke GmbH").await;
        user.reload().await;
        user.see_heading("Sign in").await;
        user.see_path(&list_of(POOLED)).await;
    })
    .await;
}

#[tokio::test]
async fn a_session_that_ends_soon_is_renewed_in_place_before_it_ends() {
    story(async |user| {
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::EndsSoon).await;
        user.see("Your session ends on").await;
        user.fill("Name", "Karoo Broadband").await;
        user.fill("Email", "billing@karoo.example.com").await;
        user.press("Sign in again").await;
        user.expect("normalize(document.querySelector('dialog:modal h2')?.textContent)", "Sign in again").await;
        user.press("Not now").await;
        user.see_focus_on("Email").await;
        user.press("Sign in again").await;
        user.sign_in(Demo::Owner).await;
        user.see_no("Your session ends on").await;
        user.see_value("Name", "Karoo Broadband").await;
        user.press(CREATE).await;
        user.see("Billing account created").await;
        assert_eq!(user.sandbox.posts().len(), 1);
    })
    .await;
}
