//! Billing accounts as a CSV file (RFC 4180) that spreadsheets open with the right letters.

use crate::domain::{BillingAccount, Field};

/// First characters of formulas, which spreadsheets run when they open the file. An apostrophe in front makes them text.
///
/// Source: OWASP, "CSV Injection".
const FORMULA_START: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The fields in the order of the columns; ID and times follow.
const COLUMNS: [Field; Field::COUNT] = [
    Field::Name,
    Field::Email,
    Field::Phone,
    Field::Description,
    Field::Currency,
    Field::Line1,
    Field::Line2,
    Field::City,
    Field::State,
    Field::PostalCode,
    Field::Country,
];

/// The file's text: a byte order mark, so that spreadsheets read it as UTF-8, a header, and a line for each account.
pub fn accounts_csv(accounts: &[BillingAccount]) -> String {
    let mut csv = String::from('\u{FEFF}');
    push_row(&mut csv, COLUMNS.into_iter().map(Field::label).chain(["ID", "Created", "Updated"]));
    for account in accounts {
        let times = [&account.created_at, &account.updated_at].map(|time| time.as_deref().unwrap_or_default());
        let fields = COLUMNS.into_iter().map(|field| account.get(field).unwrap_or_default());
        push_row(&mut csv, fields.chain([account.id.as_str()]).chain(times));
    }
    csv
}

fn push_row<'a>(csv: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            csv.push(',');
        }
        push_cell(csv, cell);
    }
    csv.push_str("\r\n");
}

fn push_cell(csv: &mut String, cell: &str) {
    let apostrophe = if cell.starts_with(FORMULA_START) { "'" } else { "" };
    if cell.contains(['"', ',', '\r', '\n']) {
        csv.push('"');
        csv.push_str(apostrophe);
        csv.push_str(&cell.replace('"', "\"\""));
        csv.push('"');
    } else {
        csv.push_str(apostrophe);
        csv.push_str(cell);
    }
}

// proptest is for the host alone.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::domain::BillingAccountId;

    fn account(value: impl FnMut(Field) -> Option<String>) -> BillingAccount {
        let mut account = BillingAccount::new(BillingAccountId::parse("cus_1").unwrap(), value);
        account.created_at = Some("2025-10-29T00:40:06.000000Z".to_owned());
        account
    }

    /// Reads a file as RFC 4180 says.
    fn read(csv: &str) -> Vec<Vec<String>> {
        let (mut rows, mut cell, mut quoted) = (vec![vec![]], String::new(), false);
        let mut letters = csv.trim_start_matches('\u{FEFF}').chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '"' if quoted && letters.next_if_eq(&'"').is_some() => cell.push('"'),
                '"' => quoted = !quoted,
                ',' if !quoted => rows.last_mut().unwrap().push(std::mem::take(&mut cell)),
                '\r' if !quoted => {
                    assert_eq!(letters.next(), Some('\n'), "lines end with CR LF");
                    rows.last_mut().unwrap().push(std::mem::take(&mut cell));
                    rows.push(vec![]);
                }
                other => cell.push(other),
            }
        }
        assert_eq!(rows.pop(), Some(vec![]), "the last line ends too");
        rows
    }

    #[test]
    fn a_file_has_a_mark_a_header_and_a_row_for_each_account() {
        let csv = accounts_csv(&[account(|field| Some(field.key().to_owned()))]);
        assert_eq!(
            csv,
            "\u{FEFF}Name,Email,Phone,Description,Currency,Address line 1,Address line 2,City,State or province,\
             Postal code,Country,ID,Created,Updated\r\n\
             name,email,phone,description,currency,address.line1,address.line2,address.city,address.state,\
             address.postal_code,address.country,cus_1,2025-10-29T00:40:06.000000Z,\r\n"
        );
    }

    #[test]
    fn a_cell_that_starts_like_a_formula_gets_an_apostrophe() {
        for start in ["=1+1", "+27 21 555 0100", "-1", "@SUM(A1)", "\t=1", "\r=1", "=\"a\",b"] {
            let rows = read(&accounts_csv(&[account(|_| Some(start.to_owned()))]));
            assert!(rows[1][..Field::COUNT].iter().all(|cell| *cell == format!("'{start}")), "{start:?}");
        }
        assert_eq!(read(&accounts_csv(&[account(|_| Some("a=b".to_owned()))]))[1][0], "a=b");
    }

    proptest::proptest! {
        #[test]
        fn every_text_is_read_back_as_it_was(texts in proptest::collection::vec("[a-z\",\r\n =é]*", Field::COUNT)) {
            let rows = read(&accounts_csv(&[account(|field| Some(texts[field as usize].clone()))]));
            proptest::prop_assert_eq!(rows.len(), 2);
            for (cell, field) in rows[1].iter().zip(COLUMNS) {
                let text = &texts[field as usize];
                let is_formula = text.starts_with(FORMULA_START);
                proptest::prop_assert_eq!(cell.strip_prefix('\'').filter(|_| is_formula).unwrap_or(cell), text);
            }
        }
    }
}
