//! Settings of the user's system that CSS follows: forced colors, reduced motion, print.

use sandbox::{Fault, FaultKind};
use serde_json::json;

use crate::harness::fixtures::{ASSIGNED, GERMANY, GERMANY_NAME, NEVER_MS, POOLED, germany, list_of, new_in};
use crate::harness::stage::story;

/// Eleven fields; the buttons "Create billing account" and "More actions"; the link "Cancel".
const CONTROLS: usize = 14;

#[tokio::test]
async fn forced_colors_leave_a_border_on_every_control() {
    let borderless = "(() => {
        const sides = ['Top', 'Right', 'Bottom', 'Left'];
        const border = style => sides.map(side => [style[`border${side}Style`], style[`border${side}Width`], style[`border${side}Color`]]);
        const hidden = ([style, width, color]) => style === 'none' || parseFloat(width) <= 0 || /^rgba.*, 0\\)$/.test(color);
        const seen = all('main :is(input, select, textarea, .button)');
        const without = seen.filter(control => border(getComputedStyle(control)).some(hidden));
        return [seen.length, without.map(control => [nameOf(control), border(getComputedStyle(control))[0].join(' ')])];
    })()";
    story(async |user| {
        user.open_signed_in(&new_in(ASSIGNED)).await;
        user.see_heading("New billing account").await;
        user.emulate_media("", &[("forced-colors", "active")]).await;
        user.expect("matchMedia('(forced-colors: active)').matches", true).await;
        let answer = user.evaluate(borderless).await.unwrap_or_default();
        assert_eq!(answer, json!([CONTROLS, []]), "the number of controls, and those without a border");
    })
    .await;
}

#[tokio::test]
async fn reduced_motion_stops_every_animation() {
    // Computed styles do not depend on the moment, as running animations do.
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
        user.sandbox.fault(Fault::once(FaultKind::None).on("GET", &list_of(POOLED)).late(NEVER_MS));
        user.open_signed_in(&list_of(POOLED)).await;
        user.see("Loading billing accounts…").await;
        user.emulate_media("", &[("prefers-reduced-motion", "no-preference")]).await;
        user.expect(moving, json!(["loading"])).await;
        user.emulate_media("", &[("prefers-reduced-motion", "reduce")]).await;
        user.expect(moving, json!([])).await;
        user.expect(running, 0).await;
    })
    .await;
}

#[tokio::test]
async fn a_printed_account_has_its_details_and_no_controls() {
    story(async |user| {
        user.open_signed_in(&germany()).await;
        user.see_detail("Email", "rechnung@acme.de").await;
        user.expect("!!link('Edit') && !!button('Copy ID')", true).await;
        user.emulate_media("print", &[]).await;
        user.expect("matchMedia('print').matches", true).await;
        user.expect("all('button, summary, .button').length", 0).await;
        user.see_heading(GERMANY_NAME).await;
        user.see(GERMANY).await;
        user.see_detail("Email", "rechnung@acme.de").await;
        user.see_detail("Phone", "+49301234567").await;
        user.see_detail("Currency", "EUR – Euro").await;
        user.see_detail("Postal code", "13353").await;
        user.see("Bill to Acme Netzwerke GmbH").await;
    })
    .await;
}
