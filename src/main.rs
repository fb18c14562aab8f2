//! Mounts the app in place of the skeleton of `index.html`.

fn main() {
    billing_admin::start();
}
