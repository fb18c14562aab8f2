//! The accessibility audit of the longest texts: words without a break, and text from right to left.

use crate::harness::audit::{Audit, audit};
use crate::harness::fixtures::{ASSIGNED, CREATE, list_of, new_in};

/// In the order of the form. The country is chosen last, because it renames the fields of the address.
const LABELS: [&str; 9] = [
    "Name",
    "Email",
    "Phone",
    "Description",
    "Address line 1",
    "Address line 2",
    "City",
    "State or province",
    "Postal code",
];

async fn audit_full_form(audit: &mut Audit<'_>, texts_name: &str, country: &str, texts: [&str; LABELS.len()]) {
    let user = audit.user;
    user.goto(&new_in(ASSIGNED)).await;
    for (label, text) in LABELS.into_iter().zip(texts) {
        user.paste(label, text).await;
        user.see_value(label, text).await;
    }
    user.click_option("Country", country).await;
    audit.state(&format!("create, {texts_name}"), "New billing account").await;
    user.press(CREATE).await;
    user.see_heading(texts[0]).await;
    audit.state(&format!("account, {texts_name}"), "Billing account created").await;
    user.follow("Edit").await;
    for label in ["Name", "Description"] {
        user.fill(label, "Karoo").await;
    }
    user.see("Undo the change of Description").await;
    audit.state(&format!("edit, {texts_name}"), "Changes").await;
}

#[tokio::test]
async fn the_longest_texts_and_rtl_pass_the_audit() {
    audit(async |audit| {
        let user = audit.user;
        user.open_signed_in("/").await;
        user.see("Northwind Operations").await;

        let word = "W".repeat(200);
        let email = format!("{}@{}.example.com", &word[..64], &word[..73]);
        let part = &word[..];
        let long = [&word[..100], &email, &word[..50], part, part, part, part, part, part];
        audit_full_form(audit, "long words", "United States", long).await;
        user.goto(&list_of(ASSIGNED)).await;
        audit.state("list, long words", long[0]).await;
        user.goto(&format!("/{}", "w".repeat(300))).await;
        audit.state("not found, long path", "Page not found").await;

        let rtl = [
            "شركة الاتصالات المتقدمة",
            "بريد@example.com",
            "٠٢ ٥٥٥ ٠١٠٠",
            "לכל הפעילות באזור, כולל \"המרכז\" (2025).",
            "١٢ شارع التحرير",
            "רחוב הרצל 5, דירה 3",
            "القاهرة",
            "محافظة القاهرة",
            "١١٥١١",
        ];
        audit_full_form(audit, "right to left", "Egypt", rtl).await;
    })
    .await;
}
