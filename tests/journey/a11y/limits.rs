//! Every field full: of words that never break, and of text from right to left.

use sandbox::Demo;

use crate::harness::audit::{Audit, audit};
use crate::harness::fixtures::{ASSIGNED, CREATE, new_in};

/// In the order of the form; the country comes last, since it renames the parts above.
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

async fn full(audit: &mut Audit<'_>, what: &str, country: &str, texts: [&str; LABELS.len()]) {
    let user = audit.user;
    user.goto(&new_in(ASSIGNED)).await;
    for (label, text) in LABELS.into_iter().zip(texts) {
        user.paste(label, text).await;
        user.see_value(label, text).await;
    }
    user.click_option("Country", country).await;
    audit.state(&format!("create, {what}"), "New billing account").await;
    user.press(CREATE).await;
    user.see_heading(texts[0]).await;
    audit.state(&format!("account, {what}"), "Billing account created").await;
    user.follow("Edit").await;
    for label in ["Name", "Description"] {
        user.fill(label, "Karoo").await;
    }
    user.see("Undo the change of Description").await;
    audit.state(&format!("edit, {what}"), "What will change").await;
}

#[tokio::test]
async fn nothing_bars_text_that_is_long_or_from_right_to_left() {
    audit(async |audit| {
        let user = audit.user;
        user.goto("/").await;
        user.sign_in_and_stay(&user.sandbox.token(Demo::Owner)).await;
        user.see("Northwind Operations").await;

        let word = "W".repeat(200);
        let email = format!("{}@{}.example.com", &word[..64], &word[..73]);
        let part = &word[..];
        let long = [&word[..100], &email, &word[..50], part, part, part, part, part, part];
        full(audit, "full of long words", "United States", long).await;

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
        full(audit, "from right to left", "Egypt", rtl).await;
    })
    .await;
}
