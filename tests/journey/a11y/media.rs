//! What the system asks of a page: its own colours, less motion, paper.

use sandbox::{Demo, Fault, FaultKind};
use serde_json::json;

use super::axe::LATE_MS;
use crate::harness::driver;
use crate::harness::stage::story;
use crate::harness::user::User;
use crate::{ASSIGNED, GERMANY, POOLED, list_of, new_in};

/// Eleven fields, the two buttons that copy, the one that creates and the one that does not.
const CONTROLS: usize = 15;

/// Sets what the page is shown on (`""` for a screen), and what the user's system asks for.
pub(crate) async fn media_is(user: &User, medium: &str, features: &[(&str, &str)]) {
    let features: Vec<_> = features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    let media = json!({ "media": medium, "features": features });
    driver::devtools(&user.client, "Emulation.setEmulatedMedia", media).await;
}

#[tokio::test]
async fn with_forced_colours_controls_have_a_border() {
    let without = "(() => {
        const sides = ['Top', 'Right', 'Bottom', 'Left'];
        const border = style => sides.map(side => [style[`border${side}Style`], style[`border${side}Width`], style[`border${side}Color`]]);
        const hidden = ([style, width, color]) => style === 'none' || parseFloat(width) <= 0 || /^rgba.*, 0\\)$/.test(color);
        const seen = all('main :is(input, select, textarea, .button)');
        const without = seen.filter(control => border(getComputedStyle(control)).some(hidden));
        return [seen.length, without.map(control => [nameOf(control), border(getComputedStyle(control))[0].join(' ')])];
    })()";
    story(async |user| {
        user.goto(&new_in(ASSIGNED)).await;
        user.sign_in(Demo::Owner).await;
        user.see_heading("New billing account").await;
        media_is(user, "", &[("forced-colors", "active")]).await;
        user.expect("matchMedia('(forced-colors: active)').matches", true).await;
        let answer = user.ask(without).await.unwrap_or_default();
        assert_eq!(answer, json!([CONTROLS, []]), "how many there are, and which have no border");
    })
    .await;
}

#[tokio::test]
async fn with_reduced_motion_nothing_moves() {
    // By the styles: what runs depends on the moment.
    let moving = "(() => {
        const ms = text => Math.max(...text.split(',').map(part => parseFloat(part) * (/\\dms/.test(part) ? 1 : 1000)));
        const long = style => style.animationName !== 'none' && (ms(style.animationDuration) > 10
            || style.animationIterationCount === 'infinite') || ms(style.transitionDuration) > 10;
        const parts = [undefined, '::before', '::after'];
        const moves = element => parts.some(part => long(getComputedStyle(element, part)));
        return all('*').filter(moves).map(element => element.className);
    })()";
    let running =
        "document.getAnimations().filter(({ effect }) => effect.getComputedTiming().activeDuration > 10).length";
    story(async |user| {
        user.sandbox.fault(Fault::once(FaultKind::None).on("GET", &list_of(POOLED)).late(LATE_MS));
        user.goto(&list_of(POOLED)).await;
        user.sign_in(Demo::Owner).await;
        user.see("Loading billing accounts…").await;
        media_is(user, "", &[("prefers-reduced-motion", "no-preference")]).await;
        user.expect(moving, json!(["loading"])).await;
        media_is(user, "", &[("prefers-reduced-motion", "reduce")]).await;
        user.expect(moving, json!([])).await;
        user.expect(running, 0).await;
    })
    .await;
}

#[tokio::test]
async fn on_paper_an_account_is_its_facts() {
    story(async |user| {
        user.goto(&format!("{}/{GERMANY}", list_of(POOLED))).await;
        user.sign_in(Demo::Owner).await;
        user.see_fact("Email", "rechnung@acme.de").await;
        user.expect("!!link('Edit') && !!button('Copy id')", true).await;
        media_is(user, "print", &[]).await;
        user.expect("matchMedia('print').matches", true).await;
        user.expect("all('button, .button').length", 0).await;
        user.see_heading("Acme Netzwerke GmbH").await;
        user.see(GERMANY).await;
        user.see_fact("Email", "rechnung@acme.de").await;
        user.see_fact("Phone", "+49301234567").await;
        user.see_fact("Currency", "EUR – Euro").await;
        user.expect("fact('Address').includes('13353 Berlin')", true).await;
    })
    .await;
}
