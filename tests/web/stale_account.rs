//! What is shown is loaded again once it is out of date, and nothing that happens meanwhile prevents that.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::acme::ACCOUNT;
use crate::api::{answer, asked, on_get};
use crate::edit::{PATH, account};
use crate::helps::{message, tell};
use crate::stage::open;
use crate::user::{fill, press, see, see_page, value};

const ID: &str = "cus_a1b2c3d4e5f6g7h8";
const CHANGED: &str = "This billing account was changed in another tab";

#[wasm_bindgen_test]
async fn a_change_told_over_the_delete_dialog_is_loaded_after() {
    let _stage = open(PATH);
    on_get(PATH, answer(200, ACCOUNT));
    press("Delete").await;
    fill("Type the account’s name to confirm", "ACME").await;
    tell(&message("saved", "ws_1", ID));
    see(CHANGED).await;
    assert_eq!((asked().len(), value("Type the account’s name to confirm")), (1, "ACME".to_owned()));
    on_get(PATH, answer(200, account(&[("/name", "Theirs")])));
    press("Cancel").await;
    see_page("Theirs").await;
}
