//! A wrong clock of the computer.

use js_sys::{Function, Reflect};
use leptos::prelude::window;
use wasm_bindgen::JsValue;

/// Sets the browser's clock ahead by some milliseconds, until it is dropped.
pub(crate) struct WrongClock(JsValue);

impl WrongClock {
    pub(crate) fn set(ahead: f64) -> Self {
        let date = Reflect::get(&window(), &"Date".into()).expect("Date");
        let real = Reflect::get(&date, &"now".into()).expect("Date.now");
        let wrong = Function::new_with_args("", &format!("return new Date().getTime() + {ahead}"));
        Reflect::set(&date, &"now".into(), &wrong).expect("a property");
        Self(real)
    }
}

impl Drop for WrongClock {
    fn drop(&mut self) {
        let date = Reflect::get(&window(), &"Date".into()).expect("Date");
        Reflect::set(&date, &"now".into(), &self.0).expect("a property");
    }
}
