//! Names and dates in the reader's language, from the browser's `Intl` (E17).

use std::rc::Rc;

use js_sys::{Array, Date, Function, Intl, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::domain::country::{self, Country};
use crate::domain::currency::Currency;

/// An empty list of locales: the reader's own.
fn reader() -> Array {
    Array::new()
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (key, value) in pairs {
        // A plain object takes any property.
        _ = Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    options
}

fn names_of(kind: &str) -> Intl::DisplayNames {
    Intl::DisplayNames::new(&reader(), &options(&[("type", kind)]))
}

/// A country's name; the text itself when it is no code, which would make `Intl` throw.
pub fn country_name(code: &str) -> String {
    Country::parse(code)
        .and_then(|country| names_of("region").of(country.code()))
        .map_or_else(|| code.to_owned(), String::from)
}

/// A currency's code and name, "EUR – Euro", whatever the account holds.
pub fn currency_name(code: &str) -> String {
    currency_in(&names_of("currency"), code)
}

fn currency_in(names: &Intl::DisplayNames, code: &str) -> String {
    let upper = code.to_ascii_uppercase();
    if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_alphabetic()) {
        return code.to_owned();
    }
    match names.of(&upper).map(String::from) {
        Some(name) if name != upper => format!("{upper} – {name}"),
        _ => upper,
    }
}

thread_local! {
    /// The reader's language stays while the page lives.
    static COUNTRIES: Rc<str> = sorted_countries();
}

/// Every country, by name in the reader's order: a line for each, with its code, a tab and its name. Some milliseconds
/// the first time.
pub fn countries() -> Rc<str> {
    COUNTRIES.with(Rc::clone)
}

/// The browser is called a dozen times for all of them, not ten times for each: it compiles anew, before it goes on, what
/// is called some thousand times.
fn sorted_countries() -> Rc<str> {
    let names = names_of("region");
    let of = Reflect::get(&names, &"of".into()).unwrap_or_default();
    let names = call(&JsString::from(country::CODES).split(" "), "map", &of, &names);
    let by_code = String::from(names.join("\n"));
    let compare = Intl::Collator::new(&reader(), &Object::new()).compare();
    let sorted = String::from(call(&names, "sort", &compare, &JsValue::UNDEFINED).join("\n"));
    let mut left: Vec<_> = by_code.split('\n').zip(country::all()).collect();
    let mut all = String::new();
    for name in sorted.split('\n') {
        // Taken out, since nothing says that no two countries have one name.
        if let Some(at) = left.iter().position(|(known, _)| *known == name) {
            add_choice(&mut all, left.swap_remove(at).1.code(), name);
        }
    }
    all.into()
}

fn add_choice(all: &mut String, value: &str, name: &str) {
    all.extend([value, "\t", name, "\n"]);
}

/// Calls a method of an array that takes a function, and what that is called on: js-sys has it for functions from here
/// alone.
fn call(array: &Array, method: &str, function: &JsValue, on: &JsValue) -> Array {
    let method = Reflect::get(array, &method.into()).unwrap_or_default().unchecked_into::<Function>();
    // Every array has it, and it answers an array.
    method.call2(array, function, on).map_or_else(|_| array.clone(), JsCast::unchecked_into)
}

/// Every currency that the API takes: a line for each, with its code, a tab and its name.
pub fn currencies() -> Rc<str> {
    let (names, mut all) = (names_of("currency"), String::new());
    for Currency { code } in Currency::ALL {
        add_choice(&mut all, code, &currency_in(&names, code));
    }
    all.into()
}

/// A number as the reader writes it: "5,000".
pub fn number(number: usize) -> String {
    let format = Intl::NumberFormat::new(&reader(), &Object::new()).format();
    let formatted = format.call1(&JsValue::UNDEFINED, &JsValue::from_f64(number as f64));
    formatted.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// A text without what a search passes over: case, accents, and the letters that are one with an accent to most people.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    // Decomposed, an accent is a character of its own.
    let plain = String::from(JsString::from(text).normalize("NFKD").to_lower_case());
    let letters = plain.chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c));
    letters
        .map(|c| match c {
            'ł' => 'l',
            'ø' => 'o',
            'đ' => 'd',
            'ı' => 'i',
            other => other,
        })
        .collect()
}

/// A moment in milliseconds since 1970; `None` for text that is no date.
pub fn timestamp(rfc3339: &str) -> Option<f64> {
    let at = Date::parse(rfc3339);
    (!at.is_nan()).then_some(at)
}

/// A moment in the reader's language and time zone; `None` for text that is no date.
pub fn date_time(rfc3339: &str) -> Option<String> {
    let date = Date::new(&JsValue::from_str(rfc3339));
    (!date.get_time().is_nan()).then(|| format(&date, &[("dateStyle", "long"), ("timeStyle", "short")]))
}

/// A day in the reader's language and time zone; `None` for text that is no date.
pub fn date(rfc3339: &str) -> Option<String> {
    let date = Date::new(&JsValue::from_str(rfc3339));
    (!date.get_time().is_nan()).then(|| format(&date, &[("dateStyle", "medium")]))
}

/// A moment (milliseconds since 1970) in the reader's language and time zone, without its seconds.
pub fn moment(at: f64) -> String {
    format(&Date::new(&JsValue::from_f64(at)), &[("dateStyle", "medium"), ("timeStyle", "short")])
}

/// A moment (milliseconds since 1970) as RFC 3339, for machines.
pub fn rfc3339(at: f64) -> String {
    let date = Date::new(&JsValue::from_f64(at));
    // Out of JavaScript's range, `toISOString` throws.
    if date.get_time().is_nan() { String::new() } else { date.to_iso_string().into() }
}

fn format(date: &Date, style: &[(&str, &str)]) -> String {
    if date.get_time().is_nan() {
        return String::new();
    }
    let formatted = Intl::DateTimeFormat::new(&reader(), &options(style)).format().call1(&JsValue::UNDEFINED, date);
    formatted.ok().and_then(|text| text.as_string()).unwrap_or_default()
}
