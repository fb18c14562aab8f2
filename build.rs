//! Tests for the browser are linked without their debugging information: with it, most of a run is spent reading it.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-link-arg-tests=--strip-debug");
    }
}
