//! The accessibility audit of every state of every page. `side_content` audits dialogs and notices, `limits` the
//! longest texts.

use sandbox::{Demo, Fault, FaultKind};
use serde_json::json;

use crate::harness::audit::audit;
use crate::harness::fixtures::{
    ASSIGNED, CHECK_AGAIN, CREATE, FORM_LOCKED, GERMANY, GERMANY_NAME, NEVER_MS, POOLED, REMOVE_DRAFTS, SAVE, SINGLE,
    USER_MENU, edit_germany, germany, list_of, new_in,
};
use crate::harness::replies::reply;

#[tokio::test]
async fn an_audit_finds_a_planted_fault_of_each_kind() {
    audit(async |audit| {
        let user = audit.user;
        user.goto("/").await;
        user.see_heading("Sign in").await;
        let planted = "<button class='planted'></button><pre>".to_owned() + &"long ".repeat(400) + "</pre>";
        user.evaluate(&format!("document.querySelector('main').insertAdjacentHTML('beforeend', {})", json!(planted)))
            .await;
        let found = audit.scan().await;
        for fault in ["wider than the screen", "smaller than 24 by 24 px", "button-name"] {
            let planted =
                |text: &&String| text.starts_with(fault) && (text.contains("planted") || text.contains("<pre>"));
            assert_eq!(found.iter().filter(planted).count(), 1, "{fault}: {found:#?}");
        }

        user.emulate_media("", &[("prefers-color-scheme", "dark")]).await;
        let gray_on_gray =
            "Object.assign(document.querySelector('h1').style, { color: '#777', background: '#888' }) && 0";
        user.evaluate(gray_on_gray).await;
        let scheme_rule =
            "document.styleSheets[0].insertRule('@media (prefers-color-scheme: dark) { pre { margin: 0 } }')";
        user.evaluate(scheme_rule).await;
        let found = audit.scan().await;
        for fault in ["color-contrast", "a style sheet uses prefers-color-scheme"] {
            assert_eq!(found.iter().filter(|text| text.starts_with(fault)).count(), 1, "{fault}: {found:#?}");
        }
    })
    .await;
}

#[tokio::test]
async fn sign_in_and_lists_pass_the_audit() {
    audit(async |audit| {
        let user = audit.user;
        user.goto("/").await;
        audit.state("sign-in", "Sign in with your Altostrat access token.").await;
        user.press("Sign in").await;
        user.see_error("Token", "Enter a token").await;
        audit.state("sign-in with an error", "There is a problem").await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        audit.state("workspaces", "Northwind Operations").await;

        user.goto(&list_of(POOLED)).await;
        user.see("3 of 10 accounts used").await;
        audit.state("list", GERMANY_NAME).await;
        user.press(USER_MENU).await;
        audit.state("user menu", "Signed in as").await;
        user.goto(&list_of(ASSIGNED)).await;
        user.see("0 of 10 accounts used").await;
        audit.state("empty list", "No billing accounts yet").await;
        user.goto(&list_of(SINGLE)).await;
        audit.state("full list", "Billing account limit reached.").await;
        user.goto("/workspaces/nowhere/at-all").await;
        audit.state("not found", "Page not found").await;
        user.goto(&format!("{}/cus_nobody", list_of(POOLED))).await;
        user.see_in_details("billing_account_not_found").await;
        audit.state("load failure", "Billing account not found").await;
        user.sandbox.fault(Fault::once(FaultKind::None).on("GET", &list_of(POOLED)).late(NEVER_MS));
        user.goto(&list_of(POOLED)).await;
        audit.state("loading", "Loading billing accounts…").await;
    })
    .await;
}

#[tokio::test]
async fn the_create_form_passes_the_audit() {
    audit(async |audit| {
        let user = audit.user;
        user.open_signed_in(&new_in(ASSIGNED)).await;
        audit.state("create, empty", "New billing account").await;
        user.fill("Email", "nobody").await;
        user.focus("Phone").await;
        audit.state("inline error", "Enter an email address in the correct format").await;
        user.press(CREATE).await;
        user.see_error("Name", "Enter a name").await;
        audit.state("error summary", "There is a problem").await;

        user.fill("Email", &format!("{}@example.com", "m".repeat(150))).await;
        for (label, length) in [("Name", 112), ("Phone", 62), ("Description", 212)] {
            user.paste(label, &"m".repeat(length)).await;
        }
        user.expect("all('.counter-over').length", 4).await;
        audit.state("over the limit", "12 characters too many").await;

        user.fill_required().await;
        user.fill("Phone", "+1 555 0100").await;
        user.fill("Description", "For operations in the US.").await;
        user.choose("Currency", "USD – US Dollar").await;
        user.click_option("Country", "United States").await;
        for (label, text) in [
            ("Address line 1", "123 Main Street"),
            ("Address line 2", "Suite 456"),
            ("City", "San Francisco"),
            ("State", "CA"),
            ("ZIP code", "94105"),
        ] {
            user.fill(label, text).await;
        }
        audit.state("filled, United States", "ZIP code").await;
        user.click_option("Country", "Germany").await;
        user.see("Not usually part of addresses in Germany.").await;
        audit.state("filled, Germany", "Clear State or province").await;
        user.click_option("Country", "Japan").await;
        audit.state("filled, Japan", "Prefecture").await;
        user.click_option("Country", "United Arab Emirates").await;
        user.see("Emirate").await;
        audit.state("filled, United Arab Emirates", "Clear Postal code").await;
    })
    .await;
}

#[tokio::test]
async fn every_outcome_of_a_save_passes_the_audit() {
    audit(async |audit| {
        let user = audit.user;
        user.open_signed_in(&new_in(SINGLE)).await;
        user.fill_required().await;
        user.press(CREATE).await;
        user.see("Delete an account you no longer need").await;
        audit.state("refused", "Billing account limit reached").await;
        user.evaluate("(document.querySelector('.notice-details').open = true)").await;
        user.see("About this error").await;
        audit.state("refused, with details", "billing_account_limit_reached").await;

        let errors = json!({
            "message": "The postal code is wrong. (and 2 more errors)",
            "errors": {
                "name": ["The name is taken."],
                "address.postal_code": ["The postal code is wrong."],
                "vat": ["A VAT number is missing."],
            },
        });
        user.sandbox.fault(Fault::once(FaultKind::json(422, &errors)).on("POST", "/billing-accounts"));
        user.goto(&new_in(ASSIGNED)).await;
        user.fill_required().await;
        user.press(CREATE).await;
        user.see_error("Postal code", "The postal code is wrong.").await;
        audit.state("refused at fields", "A VAT number is missing.").await;

        user.sandbox.fault(Fault::once(FaultKind::Html { status: 500 }).on("POST", "/billing-accounts"));
        user.fill("Name", "Karoo").await;
        user.fill("Postal code", "8001").await;
        user.press(CREATE).await;
        // It checks by itself for some seconds.
        audit.state("unknown outcome", "We don’t know yet whether the account was created.").await;
        user.see("It isn’t in the list of accounts yet").await;
        audit.state("checked, not found", "It isn’t in the list of accounts yet").await;
        user.reload().await;
        audit.state("unknown outcome, after a reload", "You left before we heard back").await;
        user.see("It isn’t in the list of accounts yet").await;
        user.sandbox.fault(Fault::once(FaultKind::Empty { status: 403 }).on("GET", "/billing-accounts"));
        user.press(CHECK_AGAIN).await;
        audit.state("not checked", "We couldn’t check.").await;
        user.press("Edit details").await;
        audit.state("an earlier attempt", "An earlier attempt got no response").await;

        user.sandbox.fault(Fault::once(FaultKind::None).on("POST", "/billing-accounts").late(NEVER_MS));
        user.press(CREATE).await;
        user.expect(FORM_LOCKED, true).await;
        audit.state("saving", "Saving…").await;
        // The next page would show the unanswered save.
        user.evaluate(REMOVE_DRAFTS).await;

        let unreadable = reply(201, "application/json", "{}");
        user.sandbox.fault(Fault::once(unreadable).on("POST", "/billing-accounts").after_work());
        user.goto(&new_in(ASSIGNED)).await;
        user.fill_required().await;
        user.press(CREATE).await;
        audit.state("saved but unreadable", "Saved, but the details couldn’t be shown").await;

        user.goto(&new_in(ASSIGNED)).await;
        user.fill("Name", "Karoo").await;
        user.reload().await;
        audit.state("draft restored", "Draft restored").await;
        user.press("Discard").await;
        audit.state("draft discarded", "Draft discarded").await;

        user.goto(&new_in(ASSIGNED)).await;
        user.fill_required().await;
        user.press(CREATE).await;
        audit.state("account, just created", "Billing account created").await;
        user.reload().await;
        user.see_no("Billing account created").await;
        audit.state("account", "billing@karoo.example.com").await;
        user.evaluate("(document.querySelector('details.more').open = true)").await;
        audit.state("account, more actions", "Copy as curl").await;
    })
    .await;
}

#[tokio::test]
async fn editing_and_conflicts_pass_the_audit() {
    audit(async |audit| {
        let user = audit.user;
        let edit = edit_germany();
        user.open_signed_in(&edit).await;
        audit.state("edit", "No changes yet").await;
        user.press(SAVE).await;
        audit.state("nothing to send", "No changes to save").await;

        user.fill("Name", "Acme Netze GmbH").await;
        user.fill("Phone", "+49 30 555 0100").await;
        user.fill("City", "Potsdam").await;
        user.clear("Address line 2").await;
        user.see("Berlin → becomes Potsdam").await;
        audit.state("edit with a review", "cleared (was c/o Empfang)").await;

        let address = json!({ "country": "DE", "line1": "Müllerstraße 6", "line2": "c/o Empfang", "city": "Bonn",
            "state": null, "postal_code": "13353" });
        user.patch_as_other_user(&germany(), json!({ "phone": "+49 89 1", "address": address })).await;
        user.press(SAVE).await;
        user.expect("all('fieldset.conflict').length", 2).await;
        audit.state("conflict", "This account was updated while you were editing").await;

        user.goto(&edit).await;
        user.see("No changes yet").await;
        user.fill("Name", "Acme Netze GmbH").await;
        user.sandbox.fault(Fault::once(FaultKind::Empty { status: 401 }).on("GET", GERMANY));
        user.press(SAVE).await;
        user.see_dialog().await;
        audit.state("session ended", "Your session has ended").await;
        user.press("Sign in").await;
        audit.state("session ended, with an error", "There is a problem").await;

        user.sign_in_and_stay(&user.sandbox.token(Demo::Viewer)).await;
        user.see_no_dialog().await;
        user.goto(&edit).await;
        audit.state("account, after the edit form, as a viewer", "You can’t edit this billing account").await;
        user.goto(&germany()).await;
        audit.state("account, as a viewer", "View only. Ask an owner or admin to make changes.").await;
    })
    .await;
}
