//! The figures of `cargo xtask bench`, which runs these tests on two builds in turn and compares them. A normal run of
//! the journey ignores them, because they limit nothing and other tests would disturb them.
//!
//! Each line `figure`, name and value, with tabs between, is a result. Every figure is better when it is smaller.

use crate::harness::fixtures::{ASSIGNED, new_in};
use crate::harness::stage::story;

/// The loads in a round, because the time of a single one is noisy.
const LOADS: usize = 3;
const INPUT_EVENTS: usize = 500;
const NAVIGATIONS: usize = 500;

fn report(name: &str, value: f64) {
    println!("figure\t{name}\t{value}");
}

/// Reports the times of the first loads of the create form.
async fn report_first_loads(on_phone: bool) {
    let device = if on_phone { " on a phone" } else { "" };
    for _ in 0..LOADS {
        story(async |user| {
            user.prepare_measurements().await;
            if on_phone {
                user.emulate_phone().await;
            }
            user.goto(&new_in(ASSIGNED)).await;
            report(&format!("interactive{device}, ms"), user.measure_number("measure.interactive()").await);
            report(&format!("first contentful paint{device}, ms"), user.measure_number("measure.firstPaint()").await);
        })
        .await;
    }
}

#[tokio::test]
#[ignore = "a measurement of `cargo xtask bench`"]
async fn the_first_load_of_the_create_form() {
    report_first_loads(false).await;
}

#[tokio::test]
#[ignore = "a measurement of `cargo xtask bench`"]
async fn the_create_form() {
    story(async |user| {
        user.prepare_measurements().await;
        user.goto(&new_in(ASSIGNED)).await;
        user.measure_number("measure.interactive()").await;
        report("transfer, KB", user.measure_number("measure.transfer().bytes").await / 1000.0);
        report("requests", user.measure_number("measure.transfer().requests").await);
        let footprint = user.footprint().await;
        report("JavaScript heap, KB", footprint.js_heap_bytes / 1000.0);
        report("WebAssembly memory, KB", footprint.wasm_bytes / 1000.0);
        for (label, limit) in [("Name", 100), ("Description", 200)] {
            let keystroke = format!("measure.keystroke('{label}', {limit}, {INPUT_EVENTS})");
            report(&format!("keystroke in {label}, µs"), user.measure_number(&keystroke).await);
        }
        report("submit without the API, ms", user.measure_number("measure.submit()").await);
    })
    .await;
}

#[tokio::test]
#[ignore = "a measurement of `cargo xtask bench`"]
async fn the_first_load_of_the_create_form_on_a_phone() {
    report_first_loads(true).await;
}

#[tokio::test]
#[ignore = "a measurement of `cargo xtask bench`"]
async fn large_lists_and_many_navigations() {
    story(async |user| {
        user.prepare_measurements().await;
        // First, because the memory of a large list would hide a growth.
        user.goto("/").await;
        user.see("Choose a workspace").await;
        user.navigate(20).await;
        let before = user.footprint().await;
        user.navigate(NAVIGATIONS).await;
        let growth = user.footprint().await.since(before);
        let name = |what: &str| format!("{NAVIGATIONS} navigations, {what}");
        report(&name("nodes"), growth.nodes);
        report(&name("listeners"), growth.listeners);
        report(&name("JavaScript heap, KB"), growth.js_heap_bytes / 1000.0);
        report(&name("WebAssembly memory, KB"), growth.wasm_bytes / 1000.0);

        report("100 accounts, ms", user.open_100_accounts().await);
        report("5,000 workspaces, ms", user.open_5000_workspaces().await);
        report("5,000 workspaces, filter, ms", user.measure_number("measure.slowestFilter()").await);
    })
    .await;
}
